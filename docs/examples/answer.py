#!/usr/bin/env python3
"""Answers pictures as a version does, without Braid: with what 'braid export' wrote, transformers and NumPy.

    braid export --router --to out/router.json     braid export --base --to out/base
    braid export --task TASK --to out/TASK         (for each task)
    python3 answer.py out PICTURE...               one line of JSON for each picture

The formulas are in docs/format.md, "A router". Probabilities are those of 'braid classify' up to rounding.
"""

import json
import sys
from functools import lru_cache
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageOps
from transformers import AutoTokenizer, CLIPImageProcessor, CLIPModel

def unit(x):
    return x / np.linalg.norm(x, axis=-1, keepdims=True)

def softmax(x):
    return np.exp(x - np.max(x)) / np.exp(x - np.max(x)).sum()

class Clip:
    """A model in a folder: unit vectors of pictures and of texts."""

    def __init__(self, folder):
        self.model = CLIPModel.from_pretrained(folder).eval()
        self.processor = CLIPImageProcessor.from_pretrained(folder)
        self.tokenizer = AutoTokenizer.from_pretrained(folder)

    @torch.no_grad()
    def picture(self, path):
        image = ImageOps.exif_transpose(Image.open(path)).convert("RGB")
        pixels = self.processor(images=image, return_tensors="pt")["pixel_values"]
        pooled = self.model.vision_model(pixel_values=pixels).pooler_output
        return unit(self.model.visual_projection(pooled)[0].numpy())

    @torch.no_grad()
    def classes(self, task):
        """The unit mean of each class's prompts."""
        rows = []
        for name in task["class-names"]:
            spoken = name.replace("_", " ").strip()
            prompts = [template.replace("{c}", spoken) for template in task["templates"]]
            tokens = self.tokenizer(prompts, return_tensors="pt", padding=True, truncation=True)
            pooled = self.model.text_model(**tokens).pooler_output
            rows.append(unit(unit(self.model.text_projection(pooled).numpy()).mean(axis=0)))
        return np.array(rows)

class Answers:
    def __init__(self, folder):
        self.folder = Path(folder)
        self.router = json.loads((self.folder / "router.json").read_text(encoding="utf-8"))
        self.base = Clip(self.folder / "base")
        self.expert = lru_cache(maxsize=4)(self.load)
        lower = lambda rows: np.array([row + [0] * (len(rows) - len(row)) for row in rows])
        self.factors = [lower(self.router["factor-of-" + name]) for name in ("classes", "all")]

    def load(self, t):
        task = self.router["tasks"][t]
        clip = Clip(self.folder / task["task"])
        return clip, clip.classes(task)

    def posterior(self, f):
        """a of the classes of each task, p(t|x) and r(x), for the base's unit feature."""
        of = self.router["tasks"]
        values = [[c["offset"] + np.dot(c["weights"], f) if c else -np.inf for c in t["classes"]] for t in of]
        scores = [np.array(v) + t["log-prior"] for v, t in zip(values, of)]
        parts = np.split(softmax(np.concatenate(scores)), np.cumsum([len(s) for s in scores])[:-1])
        tasks = [part.sum() for part in parts]
        within, total = (np.linalg.solve(L, d) for L, d in zip(self.factors, [f, f - self.router["mean"]]))
        return scores, tasks, within @ within - 2 * max(map(max, values)) - total @ total

    def answer(self, path):
        f = self.base.picture(path).astype(np.float64)
        scores, tasks, distance = self.posterior(f)
        order = np.argsort(-np.array(tasks), kind="stable")[: self.router["experts"]]
        chosen = [t for t in order if t == order[0] or tasks[t] >= self.router["least-probability"]]
        labels = {}
        for t in chosen:
            task = self.router["tasks"][t]
            clip, classes = self.expert(t)
            q = task["alpha"] / task["temperature"] * (classes @ clip.picture(path)).astype(np.float64)
            q = softmax(q + task["beta"] * np.log(softmax(scores[t])) if task["beta"] else q)
            weight = tasks[t] / sum(tasks[c] for c in chosen)
            for label, p in zip(task["labels"], q * weight):
                labels[label] = labels.get(label, 0) + p
        best = sorted(labels.items(), key=lambda each: -each[1])[:5]
        named = {t["task"]: p for t, p in zip(self.router["tasks"], tasks)}
        far = distance - self.router.get("threshold", np.inf)
        return {"file": path, "labels": best, "tasks": named, "of-no-task": far}

if __name__ == "__main__":
    answers = Answers(sys.argv[1])
    for picture in sys.argv[2:]:
        print(json.dumps(answers.answer(picture)))
