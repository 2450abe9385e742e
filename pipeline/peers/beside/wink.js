// Reads JSON lines of articles, takes them through wink-nlp (sentences, words,
// entities, a tone for each sentence) and writes a JSON line per sentence.
//
//   node wink.js ARTICLES.jsonl FOLDER
'use strict'

const fs = require('fs')
const path = require('path')
const winkNLP = require('wink-nlp')
const model = require('wink-eng-lite-web-model')

const nlp = winkNLP(model)
const its = nlp.its
const out = fs.openSync(path.join(process.argv[3], 'sentences.jsonl'), 'w')

for (const line of fs.readFileSync(process.argv[2], 'utf8').split('\n')) {
  if (line === '') continue
  const article = JSON.parse(line)
  const rows = []
  nlp.readDoc(article.text).sentences().each((sentence) => {
    rows.push(JSON.stringify({
      id: article.id,
      sentence: rows.length,
      text: sentence.out(),
      tokens: sentence.tokens().out(),
      entities: sentence.entities().out(its.detail),
      sentiment: sentence.out(its.sentiment)
    }) + '\n')
  })
  fs.writeSync(out, rows.join(''))
}
fs.closeSync(out)
