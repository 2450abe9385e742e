// Reads JSON lines of articles, takes them through compromise (sentences, words,
// people, places, organizations) and writes a JSON line per sentence.
//
//   node compromise.js ARTICLES.jsonl FOLDER
'use strict'

const fs = require('fs')
const path = require('path')
const nlp = require('compromise')

const out = fs.openSync(path.join(process.argv[3], 'sentences.jsonl'), 'w')

for (const line of fs.readFileSync(process.argv[2], 'utf8').split('\n')) {
  if (line === '') continue
  const article = JSON.parse(line)
  const rows = []
  nlp(article.text).sentences().forEach((sentence) => {
    rows.push(JSON.stringify({
      id: article.id,
      sentence: rows.length,
      text: sentence.text(),
      tokens: sentence.terms().out('array'),
      people: sentence.people().out('array'),
      places: sentence.places().out('array'),
      organizations: sentence.organizations().out('array')
    }) + '\n')
  })
  fs.writeSync(out, rows.join(''))
}
fs.closeSync(out)
