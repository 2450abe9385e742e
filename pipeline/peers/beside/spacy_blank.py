"""Reads JSON lines of articles, takes them through spaCy without a trained
pipeline (words and rule-based sentences) and writes a Parquet row per sentence."""

import json
import sys

import spacy

from rows import Rows

nlp = spacy.blank("en")
nlp.add_pipe("sentencizer")
nlp.max_length = 1 << 30

with open(sys.argv[1], encoding="utf-8") as lines, Rows(sys.argv[2]) as rows:
    articles = ((article["text"], article["id"]) for article in map(json.loads, lines))
    for doc, article in nlp.pipe(articles, as_tuples=True):
        for number, sentence in enumerate(doc.sents):
            rows.add(id=article, sentence=number, text=sentence.text, tokens=[token.text for token in sentence])
