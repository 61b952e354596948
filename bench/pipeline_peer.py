#!/usr/bin/env python3
"""The same way of a mention in Python, for scale: json, VADER (NLTK's), re, sqlite3.

Reads pages as `pipeline_bench --pages` writes them, one JSON object a line: {"terms": […]} first, then pages of the
Mastodon API. Usage: pipeline_peer.py LEXICON <PAGES, where LEXICON is VADER's, one `word<TAB>weight` a line.
"""
import html
import json
import re
import sqlite3
import sys
import tempfile
import time

from nltk.sentiment.vader import SentimentIntensityAnalyzer, VaderConstants

TAGS = re.compile(r"<[^>]+>")


def analyzer(path):
    vader = SentimentIntensityAnalyzer.__new__(SentimentIntensityAnalyzer)
    vader.constants = VaderConstants()
    with open(path, encoding="utf-8") as lines:
        vader.lexicon = {word: float(weight) for word, weight in (line.rstrip("\n").split("\t")[:2] for line in lines)}
    return vader


def main():
    vader = analyzer(sys.argv[1])
    terms = json.loads(sys.stdin.readline())["terms"]
    # One expression for all words, as one would write it who knows that a loop over ten thousand is slower still.
    words = re.compile(r"\b(?:" + "|".join(re.escape(term) for term in terms) + r")\b", re.IGNORECASE)
    pages = sys.stdin.readlines()
    with tempfile.TemporaryDirectory() as folder:
        database = sqlite3.connect(folder + "/mentions.db")
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=FULL")
        database.execute("CREATE TABLE mentions (uri TEXT PRIMARY KEY, author TEXT, text TEXT, language TEXT, score REAL, rules TEXT)")
        posts = 0
        began = time.monotonic()
        for page in pages:
            rows = []
            for status in json.loads(page):
                text = html.unescape(TAGS.sub(" ", status["content"]))
                score = vader.polarity_scores(text)["compound"]
                rows.append((status["uri"], status["account"]["acct"], text, status["language"], score, json.dumps(words.findall(text))))
            with database:
                database.executemany("INSERT OR IGNORE INTO mentions VALUES (?, ?, ?, ?, ?, ?)", rows)
            posts += len(rows)
        took = time.monotonic() - began
        database.close()
    print(f"  python, VADER and re     {posts / took:9.0f} posts/s   {posts} posts, {len(terms)} words in one expression")


main()
