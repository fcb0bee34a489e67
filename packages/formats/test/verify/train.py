"""Takes one step of training with each of TRL's trainers on the exports they are for, with a tiny model of random weights made here.

Usage: train.py FOLDER, where FOLDER was written by write-exports.ts. Needs what verify.py needs, and PyTorch; without it, it says so and checks nothing.
"""

import os
import pathlib
import random
import sys
import tempfile

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

try:
    import torch
except ImportError:
    print("skipped: no PyTorch here, so nothing is trained (pip install torch in .cache/verify-formats)")
    sys.exit(0)

import warnings

warnings.simplefilter("ignore")
from datasets import disable_progress_bars, load_dataset
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import AutoModelForCausalLM, AutoModelForSequenceClassification, LlamaConfig, PreTrainedTokenizerFast
from transformers.utils import logging
from trl import DPOConfig, DPOTrainer, KTOConfig, KTOTrainer, RewardConfig, RewardTrainer, SFTConfig, SFTTrainer
from trl.trainer.reward_trainer import DataCollatorForPreference

logging.set_verbosity_error()
disable_progress_bars()

CHATML = (
    "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def tokenizer():
    special = ["<pad>", "<eos>", "<|im_start|>", "<|im_end|>"]
    names = special + sorted(pre_tokenizers.ByteLevel.alphabet())
    made = Tokenizer(models.BPE(vocab={name: index for index, name in enumerate(names)}, merges=[]))
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    fast = PreTrainedTokenizerFast(tokenizer_object=made, pad_token="<pad>", eos_token="<eos>")
    fast.add_special_tokens({"additional_special_tokens": special[2:]})
    fast.chat_template = CHATML
    return fast


def model(kind, words, **more):
    config = LlamaConfig(
        vocab_size=len(words),
        hidden_size=16,
        intermediate_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        max_position_embeddings=1024,
        pad_token_id=words.pad_token_id,
        eos_token_id=words.eos_token_id,
        bos_token_id=None,
        **more,
    )
    torch.manual_seed(0)
    return kind.from_config(config)


def step(trainer_type, config_type, data, words, cache, **more):
    """One step, which has to see every row whole, and end with a loss that is a number."""
    reward = trainer_type is RewardTrainer
    kind = AutoModelForSequenceClassification if reward else AutoModelForCausalLM
    config = config_type(
        output_dir=cache,
        max_steps=1,
        per_device_train_batch_size=4,
        report_to=[],
        save_strategy="no",
        logging_strategy="no",
        log_level="error",
        disable_tqdm=True,
        use_cpu=True,
        bf16=False,
        gradient_checkpointing=False,
        max_length=1024,
        **more,
    )
    made = model(kind, words, **({"num_labels": 1} if reward else {}))
    # The model comes from nowhere, so a trainer could not load it a second time for its reference.
    reference = {"ref_model": model(kind, words)} if trainer_type in (DPOTrainer, KTOTrainer) else {}
    trainer = trainer_type(model=made, args=config, train_dataset=data, processing_class=words, **reference)
    assert len(trainer.train_dataset) == len(data), (len(trainer.train_dataset), len(data))
    loss = trainer.train().training_loss
    assert loss == loss and abs(loss) < 1e6, loss
    return trainer


def collate(trainer, rows):
    """The margins of a shuffled batch are those of its rows, whichever half of it they come from."""
    tokenized = list(trainer.train_dataset)
    order = list(range(len(rows)))
    random.Random(3).shuffle(order)
    batch = DataCollatorForPreference(pad_token_id=0)([tokenized[index] for index in order])
    assert batch["input_ids"].shape[0] == 2 * len(rows)
    assert batch["margin"].tolist() == [rows[index]["margin"] for index in order], batch["margin"]
    for place, index in enumerate(order):
        held = int(batch["attention_mask"][place].sum())
        assert held == len(tokenized[index]["chosen_ids"]), (place, index)


def prm(folder, words, cache):
    """Newer versions of TRL have no trainer of process rewards any more."""
    try:
        from trl.experimental.prm import PRMTrainer
    except ImportError:
        try:
            from trl import PRMTrainer
        except ImportError:
            return "skipped: this TRL has no PRMTrainer"
    for row in load_dataset(str(folder), "default", cache_dir=cache)["train"]:
        made = PRMTrainer.tokenize_row(
            row, words, step_separator="\n", max_length=None, max_prompt_length=None,
            max_completion_length=None, train_on_last_step_only=False, is_eval=False,
        )
        labels = [bool(each) for each in made["labels"] if each != -100]
        assert labels == row["labels"], (labels, row["labels"])
    return "labels of the tokens are those of the steps"


def main():
    root = pathlib.Path(sys.argv[1])
    words = tokenizer()
    failed = 0
    plans = [
        ("trl-preference.preference", DPOTrainer, DPOConfig, {}),
        ("trl-preference.preference.parquet", DPOTrainer, DPOConfig, {}),
        ("trl-preference.preference.strength", RewardTrainer, RewardConfig, {}),
        ("trl-preference.preference.strength.parquet", RewardTrainer, RewardConfig, {}),
        ("trl-unpaired.thumb", KTOTrainer, KTOConfig, {}),
        ("trl-sft.demonstration", SFTTrainer, SFTConfig, {}),
        ("trl-prompt-completion.demonstration", SFTTrainer, SFTConfig, {}),
    ]
    for name, trainer_type, config_type, more in plans:
        with tempfile.TemporaryDirectory() as cache:
            try:
                data = load_dataset(str(root / name), "default", cache_dir=cache)["train"]
                rows = data.to_list()
                trainer = step(trainer_type, config_type, data, words, cache, **more)
                if trainer_type is RewardTrainer:
                    collate(trainer, rows)
                print(f"ok     {name}: one step of {trainer_type.__name__}")
            except Exception as error:  # every export is tried, so that one run shows all faults
                failed += 1
                print(f"FAILED {name}: {trainer_type.__name__}: {type(error).__name__}: {str(error)[:600]}")
    with tempfile.TemporaryDirectory() as cache:
        print(f"       trl-stepwise.steps: {prm(root / 'trl-stepwise.steps', words, cache)}")
    sys.exit(1 if failed else 0)


main()
