"""Reads JSON lines of articles, takes them through NLTK's word tokenizer and
VADER and writes a Parquet row per sentence. NLTK's trained sentence model is a
download of its own, so sentences end where untrained Punkt ends them."""

import json
import sys

from nltk.tokenize.destructive import NLTKWordTokenizer
from nltk.tokenize.punkt import PunktSentenceTokenizer
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from rows import Rows

split, words, tone = PunktSentenceTokenizer(), NLTKWordTokenizer(), SentimentIntensityAnalyzer()

with open(sys.argv[1], encoding="utf-8") as lines, Rows(sys.argv[2]) as rows:
    for article in map(json.loads, lines):
        for number, sentence in enumerate(split.tokenize(article["text"])):
            rows.add(id=article["id"], sentence=number, text=sentence, tokens=words.tokenize(sentence),
                     sentiment=tone.polarity_scores(sentence)["compound"])
