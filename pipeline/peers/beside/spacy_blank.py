"""Reads JSON lines of articles and takes them through spaCy without a trained
pipeline: words and rule-based sentences. Prints how many it found."""

import json
import sys

import spacy

nlp = spacy.blank("en")
nlp.add_pipe("sentencizer")
nlp.max_length = 1 << 30
found = {"documents": 0, "sentences": 0, "tokens": 0}
with open(sys.argv[1], encoding="utf-8") as lines:
    for doc in nlp.pipe(json.loads(line)["text"] for line in lines):
        found["documents"] += 1
        found["sentences"] += sum(1 for _ in doc.sents)
        found["tokens"] += len(doc)
print(json.dumps(found))
