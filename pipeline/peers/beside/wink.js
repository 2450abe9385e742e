// Reads JSON lines of articles and takes them through wink-nlp: sentences, words,
// entities and a tone for each sentence. Prints how many it found.
'use strict'

const fs = require('fs')
const winkNLP = require('wink-nlp')
const model = require('wink-eng-lite-web-model')

const nlp = winkNLP(model)
const its = nlp.its
const found = { documents: 0, sentences: 0, tokens: 0, entities: 0, tones: 0 }

for (const line of fs.readFileSync(process.argv[2], 'utf8').split('\n')) {
  if (line === '') continue
  const doc = nlp.readDoc(JSON.parse(line).text)
  const sentences = doc.sentences()
  found.documents++
  found.sentences += sentences.out().length
  found.tones += sentences.out(its.sentiment).length
  found.tokens += doc.tokens().out().length
  found.entities += doc.entities().out(its.detail).length
}
console.log(JSON.stringify(found))
