"""Cleans a dataset of Hugging Face in two processes."""

import sys

import datasets

import cleanfilter
import cleanfilter.hf

source, target = sys.argv[1:]
dataset = datasets.load_dataset("json", data_files=source, split="train")
clean = cleanfilter.hf.Clean(cleanfilter.Filter(threads=1))
cleaned = dataset.map(clean, batched=True, num_proc=2)
cleaned.to_json(target, force_ascii=False)
