"""Loads exports with the real `datasets` and `trl` packages and checks that they mean there what they mean here.

Usage: verify.py FOLDER, where FOLDER was written by write-exports.ts. Needs: datasets, trl, transformers, tokenizers, pyyaml, mlcroissant, pillow, pycocotools.
"""

import json
import os
import pathlib
import sys
import tempfile

os.environ["HF_HUB_OFFLINE"] = "1"

import mlcroissant
import yaml
from datasets import Features, Image, List, load_dataset
from PIL import Image as Picture
from pycocotools.coco import COCO
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast
from trl.data_utils import (
    apply_chat_template,
    extract_prompt,
    is_conversational,
    maybe_extract_prompt,
    maybe_unpair_preference_dataset,
    prepare_multimodal_messages,
)

CHATML = (
    "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def tokenizer():
    words = Tokenizer(models.WordLevel({"[UNK]": 0}, unk_token="[UNK]"))
    words.pre_tokenizer = pre_tokenizers.Whitespace()
    made = PreTrainedTokenizerFast(tokenizer_object=words)
    made.chat_template = CHATML
    return made


def clean(value):
    """A row without the keys that `datasets` fills with None."""
    if isinstance(value, dict):
        return {key: clean(each) for key, each in value.items() if each is not None}
    return [clean(each) for each in value] if isinstance(value, list) else value


def check_preference(data, rows):
    chatml = tokenizer()
    for row in rows:
        assert is_conversational(row), row
        assert maybe_extract_prompt(dict(row)) == row, row
        whole = {"chosen": row["prompt"] + row["chosen"], "rejected": row["prompt"] + row["rejected"]}
        split = extract_prompt(whole)
        for key in ("prompt", "chosen", "rejected"):
            assert split[key] == row[key], (key, split[key], row[key])
        made = apply_chat_template({key: row[key] for key in ("prompt", "chosen", "rejected")}, chatml)
        assert made["prompt"].endswith("<|im_start|>assistant\n"), made
        rendered = chatml.apply_chat_template(row["prompt"] + row["chosen"], tokenize=False)
        assert made["prompt"] + made["chosen"] == rendered, (made, rendered)
    unpaired = maybe_unpair_preference_dataset(data)
    labels = unpaired["label"]
    assert len(labels) == 2 * len(rows) and sum(labels) == len(rows), labels
    margins = [row.get("margin") for row in rows]
    assert all(each is None for each in margins) or all(isinstance(each, float) for each in margins), margins


def check_croissant(folder, given):
    described = mlcroissant.Dataset(str(folder / "croissant.json"))
    if described.metadata.record_sets:
        records = list(described.records(record_set="train"))
        assert len(records) == len(given), (len(records), len(given))
        # Objects of free shape, and columns that no line has, are not described.
        assert {key.split("/")[1] for key in records[0]} <= set(given[0]), records[0].keys()


def check_pictured(folder):
    """Images decode to the pixels that were drawn, in the order of their places, and TRL puts them there."""
    card = yaml.safe_load((folder / "README.md").read_text().split("---\n")[1])
    given = [json.loads(line) for line in (folder / "rows.jsonl").read_text().rstrip("\n").split("\n")]
    with tempfile.TemporaryDirectory() as cache:
        ways = [load_dataset(str(folder), "default", cache_dir=cache)["train"]]
        declared = Features._from_yaml_list(card["dataset_info"][0]["features"])
        assert ways[0].features == declared, (ways[0].features, declared)
        if folder.name.endswith(".parquet"):
            files = [str(each) for each in sorted(folder.glob("*.parquet"))]
            ways.append(load_dataset("parquet", data_files=files, cache_dir=cache)["train"])
        else:
            # As the card says.
            data = ways[0].map(lambda row: {"images": [os.path.join(folder, path) for path in row["images"]]})
            ways = [data.cast_column("images", List(Image()))]
        for data in ways:
            assert data.features["images"] == List(Image()), data.features
            assert len(data) == len(given)
            for row, line in zip(data, given):
                check_pixels(row, line)
                check_places(row)
    return len(given)


def check_pixels(row, line):
    assert len(row["images"]) == len(line["images"])
    for image, path in zip(row["images"], line["images"]):
        red, green = (int(part) for part in pathlib.Path(path).stem.split("-"))
        assert image.size == (8, 6) and image.convert("RGB").getpixel((3, 3)) == (red, green, 7), (image, path)


def check_places(row):
    row = clean(dict(row))
    asked = row.get("prompt") or row["messages"]
    prepared = prepare_multimodal_messages(asked, images=row["images"])
    held = [part["image"] for each in prepared for part in each["content"] if part["type"] == "image"]
    assert held == row["images"]
    for key in ("chosen", "rejected", "completion"):
        if key in row:
            prepare_multimodal_messages(row[key])


def check_coco(folder):
    coco = COCO(str(folder / "annotations.json"))
    for image in coco.loadImgs(coco.getImgIds()):
        with Picture.open(folder / image["file_name"]) as picture:
            assert picture.size == (image["width"], image["height"])
        boxes = coco.loadAnns(coco.getAnnIds(imgIds=image["id"]))
        assert boxes and all(each["area"] == each["bbox"][2] * each["bbox"][3] for each in boxes)
        assert coco.annToMask(boxes[0] | {"segmentation": [[0, 0, 2, 0, 2, 2, 0, 2]]}).shape == (image["height"], image["width"])
    return len(coco.getImgIds())


def check(folder):
    if folder.name.startswith("pictured.coco"):
        return check_coco(folder)
    if folder.name.startswith("pictured."):
        return check_pictured(folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    card = yaml.safe_load((folder / "README.md").read_text().split("---\n")[1])
    with tempfile.TemporaryDirectory() as cache:
        data = load_dataset(str(folder), "default", cache_dir=cache)["train"]
        if manifest["as"] == "parquet":
            return compare_parquet(folder, manifest, card, data, cache)
        return compare(folder, manifest, card, data)


def compare_parquet(folder, manifest, card, data, cache):
    """With its card and without it, the columns are those declared and the rows those of the JSON Lines."""
    declared = Features._from_yaml_list(card["dataset_info"][0]["features"])
    files = [str(folder / each["name"]) for each in manifest["files"]]
    given = [json.loads(line) for line in (folder / "rows.jsonl").read_text().rstrip("\n").split("\n")]
    assert len(files) > 1 or len(given) == 1, files
    bare = load_dataset("parquet", data_files=files, cache_dir=cache)["train"]
    for loaded in (data, bare):
        assert loaded.features == declared, (loaded.features, declared)
        assert clean(loaded.to_list()) == clean(given), "rows are not those of the JSON Lines"
    if manifest["format"] == "trl-preference" and "odd" not in folder.name:
        check_preference(data, data.to_list())
    if manifest["format"] == "trl-unpaired":
        assert all(type(row["label"]) is bool for row in data)
    return len(given)


def compare(folder, manifest, card, data):
    rows = data.to_list()
    given = [json.loads(line) for line in (folder / "train.jsonl").read_text().rstrip("\n").split("\n")]
    assert len(rows) == manifest["rows"]["kept"] == len(given)
    assert clean(rows) == clean(given), "rows are not what was written"
    if "dataset_info" in card:
        declared = Features._from_yaml_list(card["dataset_info"][0]["features"])
        assert data.features == declared, (data.features, declared)
    if manifest["format"] == "trl-preference":
        check_preference(data, rows)
    if manifest["format"] in ("trl-sft", "trl-prompt-completion", "trl-unpaired", "trl-prompt-only"):
        assert all(is_conversational(row) for row in rows)
    if manifest["format"] == "trl-unpaired":
        assert all(type(row["label"]) is bool for row in rows)
    if manifest["format"] == "trl-stepwise":
        assert all(len(row["completions"]) == len(row["labels"]) for row in rows)
        assert all(type(label) is bool for row in rows for label in row["labels"])
    check_croissant(folder, given)
    return len(rows)


def main():
    failed = 0
    for folder in sorted(pathlib.Path(sys.argv[1]).iterdir()):
        try:
            print(f"ok     {folder.name}: {check(folder)} rows")
        except Exception as error:  # every export is judged, so that one run shows all faults
            failed += 1
            print(f"FAILED {folder.name}: {type(error).__name__}: {error}")
    sys.exit(1 if failed else 0)


main()
