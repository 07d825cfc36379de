"""PyTorch's side of `braid bench train`: CLIP's training step in idiomatic PyTorch.

Usage: train.py train|encode FOLDER THREADS. FOLDER holds config.json, model.safetensors,
pixels.safetensors and trial.json. After the warm-up it prints "ready VERSION NUMBER...", a loss or a
coordinate for each repetition; then it answers each line of stdin: a number N with the CPU seconds
of N repetitions, "peak" with its peak memory in bytes.
"""

import json
import os
import struct
import sys
import time

MEASURED, FOLDER, THREADS = sys.argv[1], sys.argv[2], int(sys.argv[3])
os.environ["OMP_NUM_THREADS"] = str(THREADS)

import torch  # noqa: E402  (the number of threads is read at the import)
import torch.nn.functional as F  # noqa: E402

torch.set_num_threads(THREADS)
torch.set_num_interop_threads(1)


def read_json(name):
    with open(os.path.join(FOLDER, name), "rb") as file:
        return json.load(file)


def read_safetensors(name):
    """The float32 tensors of a file, each read into memory of its own."""
    tensors = {}
    with open(os.path.join(FOLDER, name), "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        header.pop("__metadata__", None)
        for key, entry in sorted(header.items(), key=lambda item: item[1]["data_offsets"][0]):
            begin, end = entry["data_offsets"]
            values = bytearray(end - begin)
            assert file.readinto(values) == len(values), f"{name} is cut short"
            tensors[key] = torch.frombuffer(values, dtype=torch.float32).view(entry["shape"]).clone()
    return tensors


class Clip:
    """CLIP over a map of Hugging Face's parameter names."""

    def __init__(self, config, parameters):
        self.config, self.p = config, parameters

    def linear(self, x, layer):
        return F.linear(x, self.p[layer + ".weight"], self.p[layer + ".bias"])

    def norm(self, x, layer, config):
        weight = self.p[layer + ".weight"]
        return F.layer_norm(x, weight.shape, weight, self.p[layer + ".bias"], config["layer_norm_eps"])

    def transformer(self, x, tower, config, causal):
        n, length, width = x.shape
        heads = config["num_attention_heads"]
        for i in range(config["num_hidden_layers"]):
            block = f"{tower}.encoder.layers.{i}"
            normed = self.norm(x, block + ".layer_norm1", config)
            q, k, v = (
                self.linear(normed, f"{block}.self_attn.{name}_proj")
                .view(n, length, heads, width // heads)
                .transpose(1, 2)
                for name in "qkv"
            )
            mixed = F.scaled_dot_product_attention(q, k, v, is_causal=causal)
            mixed = mixed.transpose(1, 2).reshape(n, length, width)
            x = x + self.linear(mixed, block + ".self_attn.out_proj")
            hidden = self.linear(self.norm(x, block + ".layer_norm2", config), block + ".mlp.fc1")
            hidden = hidden * torch.sigmoid(1.702 * hidden)
            x = x + self.linear(hidden, block + ".mlp.fc2")
        return x

    def images(self, pixels):
        config, embeddings = self.config["vision_config"], "vision_model.embeddings"
        patches = F.conv2d(
            pixels, self.p[embeddings + ".patch_embedding.weight"], stride=config["patch_size"]
        )
        patches = patches.flatten(2).transpose(1, 2)
        token = self.p[embeddings + ".class_embedding"].expand(len(pixels), 1, -1)
        x = torch.cat([token, patches], dim=1) + self.p[embeddings + ".position_embedding.weight"]
        x = self.norm(x, "vision_model.pre_layrnorm", config)
        x = self.transformer(x, "vision_model", config, causal=False)
        x = self.norm(x[:, 0], "vision_model.post_layernorm", config)
        return F.normalize(F.linear(x, self.p["visual_projection.weight"]), dim=-1)

    def texts(self, tokens, ends):
        config, embeddings = self.config["text_config"], "text_model.embeddings"
        x = F.embedding(tokens, self.p[embeddings + ".token_embedding.weight"])
        x = x + self.p[embeddings + ".position_embedding.weight"][: tokens.shape[1]]
        x = self.transformer(x, "text_model", config, causal=True)
        x = self.norm(x[torch.arange(len(ends)), ends], "text_model.final_layer_norm", config)
        return F.normalize(F.linear(x, self.p["text_projection.weight"]), dim=-1)


def main():
    trial = read_json("trial.json")
    parameters = read_safetensors("model.safetensors")
    pixels = read_safetensors("pixels.safetensors")["pixels"]
    tokens, ends = torch.tensor(trial["tokens"]), torch.tensor(trial["ends"])
    labels = torch.tensor(trial["labels"])
    trained = [p.requires_grad_() for name, p in parameters.items() if name != "logit_scale"]
    clip = Clip(read_json("config.json"), parameters)
    optimizer = torch.optim.AdamW(
        trained, lr=trial["rate"], betas=(0.9, 0.999), eps=1e-8, weight_decay=0, fused=True
    )

    def step():
        optimizer.zero_grad(set_to_none=True)
        logits = clip.images(pixels) @ clip.texts(tokens, ends).T * parameters["logit_scale"].exp()
        loss = F.cross_entropy(logits, labels, label_smoothing=trial["smoothing"])
        loss.backward()
        optimizer.step()
        return loss.item()

    def encode():
        with torch.inference_mode():
            return clip.images(pixels)[0, 0].item()

    once = {"train": step, "encode": encode}[MEASURED]
    print("ready", torch.__version__, *[once() for _ in range(trial["warmup"])], flush=True)
    for line in sys.stdin:
        if line.strip() == "peak":
            print(peak_bytes(), flush=True)
        else:
            start = time.process_time()
            for _ in range(int(line)):
                once()
            print(time.process_time() - start, flush=True)


def peak_bytes():
    with open("/proc/self/status") as status:
        peak = next(line for line in status if line.startswith("VmHWM"))
    return int(peak.split()[1]) * 1024


main()
