"""Reads JSON lines of articles and takes them through NLTK's word tokenizer and
VADER. NLTK's trained sentence model is a download of its own, so sentences end
where untrained Punkt ends them. Prints how many it found."""

import json
import sys

from nltk.tokenize.destructive import NLTKWordTokenizer
from nltk.tokenize.punkt import PunktSentenceTokenizer
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

split, words, tone = PunktSentenceTokenizer(), NLTKWordTokenizer(), SentimentIntensityAnalyzer()
found = {"documents": 0, "sentences": 0, "tokens": 0, "tones": 0}
with open(sys.argv[1], encoding="utf-8") as lines:
    for line in lines:
        found["documents"] += 1
        for sentence in split.tokenize(json.loads(line)["text"]):
            found["sentences"] += 1
            found["tokens"] += len(words.tokenize(sentence))
            tone.polarity_scores(sentence)
            found["tones"] += 1
print(json.dumps(found))
