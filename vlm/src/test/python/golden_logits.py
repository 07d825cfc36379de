"""Prints the golden logits that GoldenLogitsTest holds Braid's CLIP to.

    python golden_logits.py > ../resources/dev/braid/vlm/clip/golden-logits.json

CLIP as a function of a map from Hugging Face's names to tensors, in double precision, with
nothing left out: every token of every block, the whole context. Weights and pixels follow from a
rule that Java repeats bit by bit, so only configurations and logits are stored. Needs PyTorch;
the CLIPModel of transformers 5.17, given the same weights, agrees with every case to 1e-13.
"""

import copy
import json
import math

import torch
from torch.nn.functional import conv2d, embedding, gelu, layer_norm, linear, normalize

WEIGHTS_SEED = 1
PIXELS_SEED = 2
PICTURES = 4
TEXTS = ["a c", "f", "h e g b d c a"]  # the last one is cut: it fills the context
START = 18

BASE = {
    "projection_dim": 5,
    "text_config": {
        "hidden_size": 6, "intermediate_size": 10, "num_hidden_layers": 2,
        "num_attention_heads": 3, "max_position_embeddings": 7, "vocab_size": 20,
        "eos_token_id": 19, "pad_token_id": 19, "hidden_act": "quick_gelu",
        "layer_norm_eps": 1e-5,
    },
    "vision_config": {
        "hidden_size": 8, "intermediate_size": 16, "num_hidden_layers": 3,
        "num_attention_heads": 2, "image_size": 8, "patch_size": 4,
        "hidden_act": "quick_gelu", "layer_norm_eps": 1e-5,
    },
}

# What each case changes of the base.
CASES = {
    "quick_gelu": {},
    "gelu": {"text_config": {"hidden_act": "gelu"}, "vision_config": {"hidden_act": "gelu"}},
    "gelu in the text tower": {"text_config": {"hidden_act": "gelu"}},
    "gelu in the picture tower": {"vision_config": {"hidden_act": "gelu"}},
    "projection_dim 9": {"projection_dim": 9},
    "layer_norm_eps of texts": {"text_config": {"layer_norm_eps": 0.01}},
    "layer_norm_eps of pictures": {"vision_config": {"layer_norm_eps": 0.01}},
    "heads": {"text_config": {"num_attention_heads": 2}},
    "eos_token_id 2": {"text_config": {"eos_token_id": 2, "pad_token_id": 1}},
    "eos_token_id 12": {"text_config": {"eos_token_id": 12}},
    "eos_token_id 49407": {
        "text_config": {"vocab_size": 49408, "eos_token_id": 49407, "pad_token_id": 49407}},
    "eos_token_id 2 of 49408": {
        "text_config": {"vocab_size": 49408, "eos_token_id": 2, "pad_token_id": 1}},
}


class Random:
    """java.util.Random's nextFloat."""

    def __init__(self, seed):
        self.state = (seed ^ 0x5DEECE66D) & ((1 << 48) - 1)

    def floats(self, n):
        values = torch.empty(n, dtype=torch.float64)
        for i in range(n):
            self.state = (self.state * 0x5DEECE66D + 0xB) & ((1 << 48) - 1)
            values[i] = (self.state >> 24) / (1 << 24)
        return values


def shapes(config):
    """Name and shape of every tensor, sorted by name."""
    width, patch = config["vision_config"]["hidden_size"], config["vision_config"]["patch_size"]
    tokens = (config["vision_config"]["image_size"] // patch) ** 2 + 1
    text = config["text_config"]
    of = {
        "logit_scale": [],
        "text_projection.weight": [config["projection_dim"], text["hidden_size"]],
        "visual_projection.weight": [config["projection_dim"], width],
        "text_model.embeddings.token_embedding.weight": [text["vocab_size"], text["hidden_size"]],
        "text_model.embeddings.position_embedding.weight":
            [text["max_position_embeddings"], text["hidden_size"]],
        "vision_model.embeddings.class_embedding": [width],
        "vision_model.embeddings.patch_embedding.weight": [width, 3, patch, patch],
        "vision_model.embeddings.position_embedding.weight": [tokens, width],
    }
    norms = {
        "text_model.final_layer_norm": text["hidden_size"],
        "vision_model.pre_layrnorm": width,
        "vision_model.post_layernorm": width,
    }
    linears = {}
    for tower in ("text", "vision"):
        sides = config[tower + "_config"]
        hidden, inner = sides["hidden_size"], sides["intermediate_size"]
        for layer in range(sides["num_hidden_layers"]):
            block = f"{tower}_model.encoder.layers.{layer}"
            norms[block + ".layer_norm1"] = norms[block + ".layer_norm2"] = hidden
            for part in ("q_proj", "k_proj", "v_proj", "out_proj"):
                linears[f"{block}.self_attn.{part}"] = [hidden, hidden]
            linears[block + ".mlp.fc1"] = [inner, hidden]
            linears[block + ".mlp.fc2"] = [hidden, inner]
    for name, side in norms.items():
        of[name + ".weight"] = of[name + ".bias"] = [side]
    for name, sides in linears.items():
        of[name + ".weight"], of[name + ".bias"] = sides, sides[:1]
    return sorted(of.items())


def weights(config):
    """The float32 numbers of the rule, as doubles: around 1 for a norm's factors, 2 for the
    logarithm of the logits' factor, else 0."""
    random = Random(WEIGHTS_SEED)
    made = {}
    for name, shape in shapes(config):
        centre = 1 if "norm" in name and name.endswith("weight") else 0
        centre = 2 if name == "logit_scale" else centre
        values = centre + (random.floats(math.prod(shape)) - 0.5)
        made[name] = values.float().double().reshape(shape)
    return made


def pixels(config):
    side = config["vision_config"]["image_size"]
    values = 4 * (Random(PIXELS_SEED).floats(PICTURES * 3 * side * side) - 0.5)
    return values.reshape(PICTURES, 3, side, side)


def ids(config, text):
    """Start, a token a letter, end, padding; of a long text the end stays."""
    tower = config["text_config"]
    end = tower["vocab_size"] - 1 if tower["eos_token_id"] == 2 else tower["eos_token_id"]
    length = tower["max_position_embeddings"]
    tokens = [START] + [ord(word) - ord("a") for word in text.split()]
    tokens = tokens[:length - 1] + [end]
    return tokens + [tower["pad_token_id"]] * (length - len(tokens))


def attention(p, name, x, heads, mask):
    n, length, width = x.shape

    def split(part):
        projected = linear(x, p[f"{name}.{part}.weight"], p[f"{name}.{part}.bias"])
        return projected.view(n, length, heads, width // heads).transpose(1, 2)

    q, k, v = split("q_proj"), split("k_proj"), split("v_proj")
    scores = q @ k.transpose(-1, -2) / math.sqrt(width // heads) + mask
    mixed = (scores.softmax(-1) @ v).transpose(1, 2).reshape(n, length, width)
    return linear(mixed, p[name + ".out_proj.weight"], p[name + ".out_proj.bias"])


def encoder(p, tower, config, x, mask):
    def norm(x, name):
        return layer_norm(
            x, x.shape[-1:], p[name + ".weight"], p[name + ".bias"], config["layer_norm_eps"])

    activate = gelu if config["hidden_act"] == "gelu" else lambda x: x * torch.sigmoid(1.702 * x)
    for layer in range(config["num_hidden_layers"]):
        block = f"{tower}.encoder.layers.{layer}"
        heads = config["num_attention_heads"]
        x = x + attention(p, block + ".self_attn", norm(x, block + ".layer_norm1"), heads, mask)
        inner = linear(
            norm(x, block + ".layer_norm2"), p[block + ".mlp.fc1.weight"], p[block + ".mlp.fc1.bias"])
        x = x + linear(activate(inner), p[block + ".mlp.fc2.weight"], p[block + ".mlp.fc2.bias"])
    return x, norm


def images(p, config, pixels):
    tower = config["vision_config"]
    name = "vision_model.embeddings."
    patches = conv2d(pixels, p[name + "patch_embedding.weight"], stride=tower["patch_size"])
    patches = patches.flatten(2).transpose(1, 2)
    first = p[name + "class_embedding"].expand(len(pixels), 1, -1)
    x = torch.cat([first, patches], 1) + p[name + "position_embedding.weight"]
    x = layer_norm(x, x.shape[-1:], p["vision_model.pre_layrnorm.weight"],
                   p["vision_model.pre_layrnorm.bias"], tower["layer_norm_eps"])
    x, norm = encoder(p, "vision_model", tower, x, 0)
    read = norm(x[:, 0], "vision_model.post_layernorm")
    return normalize(linear(read, p["visual_projection.weight"]), dim=-1)


def texts(p, config, ids):
    tower = config["text_config"]
    name = "text_model.embeddings."
    x = embedding(ids, p[name + "token_embedding.weight"]) + p[name + "position_embedding.weight"]
    length = ids.shape[1]
    mask = torch.full((length, length), -math.inf, dtype=x.dtype).triu(1)
    x, norm = encoder(p, "text_model", tower, x, mask)
    # Old files say 2 and mean the highest id; the others say what they mean.
    eos = tower["eos_token_id"]
    ends = ids.argmax(-1) if eos == 2 else (ids == eos).int().argmax(-1)
    read = norm(x, "text_model.final_layer_norm")[torch.arange(len(ids)), ends]
    return normalize(linear(read, p["text_projection.weight"]), dim=-1)


def logits(config):
    p = weights(config)
    tokens = torch.tensor([ids(config, text) for text in TEXTS])
    return p["logit_scale"].exp() * images(p, config, pixels(config)) @ texts(p, config, tokens).T


def changed(base, change):
    config = copy.deepcopy(base)
    for key, value in change.items():
        config[key] = config[key] | value if isinstance(value, dict) else value
    return config


def main():
    cases = []
    for name, change in CASES.items():
        config = changed(BASE, change)
        values = [[round(value, 9) for value in row] for row in logits(config).tolist()]
        cases.append({"name": name, "config": config, "logits": values})
    lines = ",\n".join(json.dumps(case) for case in cases)
    print('{"texts": %s, "cases": [\n%s]}' % (json.dumps(TEXTS), lines))


if __name__ == "__main__":
    main()
