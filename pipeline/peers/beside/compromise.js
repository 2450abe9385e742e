// Reads JSON lines of articles and takes them through compromise: sentences, words
// and people, places and organizations. Prints how many it found.
'use strict'

const fs = require('fs')
const nlp = require('compromise')

const found = { documents: 0, sentences: 0, tokens: 0, entities: 0 }

for (const line of fs.readFileSync(process.argv[2], 'utf8').split('\n')) {
  if (line === '') continue
  const doc = nlp(JSON.parse(line).text)
  found.documents++
  found.sentences += doc.sentences().out('array').length
  found.tokens += doc.terms().out('array').length
  found.entities += doc.people().out('array').length + doc.places().out('array').length + doc.organizations().out('array').length
}
console.log(JSON.stringify(found))
