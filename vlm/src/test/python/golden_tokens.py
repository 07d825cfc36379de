"""Prints the golden tokens that VocabularyFilesTest holds Braid's tokenizer to.

    python golden_tokens.py > ../resources/dev/braid/vlm/clip/checkpoint/golden-tokens.json

The tokens are those of Hugging Face's CLIPTokenizer on the vocabulary of PlainTokenizer: all
bytes, all last bytes, some merges. Needs transformers.
"""

import json

from transformers import CLIPTokenizer

CONTEXT = 77
MERGES = ["i n", "t h", "th e</w>", "' s</w>", "a in", ". .</w>", "Ã ©</w>", "ð Ł", "ðŁ ĺ"]
TEXTS = [
    "", " ", "\t\r\n\v\f", "the pain", "THE  Pain", "It's the rain's; they'll've 'gone'...", "....",
    "a photo of the number: \"7\".", "1234567890 3.14159 -42 ½ ² ٣ Ⅷ ①", "x" * 300, "the " * 100,
    "in " * 75, "in " * 76, "Größe naïve café", "cafe\u0301 A\u030angstro\u0308m \u2126 \u212b",
    "İstanbul ıI ẞ ß ﬁ ǅ", "ΣΊΣΥΦΟΣ ς", "Привет, мир", "東京 の 写真、テスト", "한국어 한국",
    "नमस्ते क्षि", "שָׁלוֹם", "السَّلام عليكم", "ไทย", "ᏣᎳᎩ ꭰ",
    "😀😃👍🏽", "👩‍👩‍👧 🇨🇭 ❤️ 1️⃣", "😀" * 80, "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𐐀 𠮷",
    "a\u00a0b\u2003c\u3000d\u0085e\u2028f\u200bg\ufeffh\u180ei", "a\u0000b\u0007c\u001bd\u007fe",
    "\ufffd \ufdd0 \ue000 \U000f0000", "<|startoftext|> the <|endoftext|> the", "<|endoftext|",
    "<|ENDOFTEXT|>", "the<|endoftext|>'s", "&amp; &lt;b&gt; caf&eacute;", "snake_case kebab-case",
    "'s 't 're 've 'm 'll 'd 'S 'LL", "’s “quotes” —dash…", "z\u0335\u0321a\u0300\u0301\u0302lgo",
    "a\u0323\u0307 a\u0307\u0323 \u1e69 \uac00\u11a8", "http://a.b/c?d=e&f=%20#g @h #i",
]


def letters():
    """A byte's printable letter: itself, or for those that do not print one from U+0100 on."""
    hidden = 256
    for byte in range(256):
        if 32 < byte < 127 or byte > 160 and byte != 173:
            yield chr(byte)
        else:
            yield chr(hidden)
            hidden += 1


def vocabulary():
    tokens = [letter + last for last in ("", "</w>") for letter in letters()]
    tokens += [merge.replace(" ", "") for merge in MERGES] + ["<|startoftext|>", "<|endoftext|>"]
    return {token: number for number, token in enumerate(tokens)}


def main():
    merges = [tuple(merge.split(" ")) for merge in MERGES]
    tokenizer = CLIPTokenizer(vocab=vocabulary(), merges=merges)
    cases = []
    for text in TEXTS:
        ids = tokenizer(text, padding="max_length", truncation=True, max_length=CONTEXT).input_ids
        cases.append(json.dumps({"text": text, "ids": ids}))
    print("[\n" + ",\n".join(cases) + "]")


if __name__ == "__main__":
    main()
