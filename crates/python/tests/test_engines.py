"""Engines: each gives what the command gives, whatever the partitioning and whoever is killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Iterator

import pytest

import cleanfilter
from cleanfilter import Filter

from conftest import ROOT, run_command

pytestmark = pytest.mark.engines

SITES = ["https://a.example/1", "http://www.b.example/", None]


@pytest.fixture(scope="module")
def rows(pages: list[str]) -> list[dict[str, Any]]:
    return [
        {"id": i, "text": text, "url": SITES[i % 3]} for i, text in enumerate(pages)
    ]


@pytest.fixture(scope="module")
def expected(command: str, pages: list[str]) -> list[str]:
    """What the command gives."""
    return run_command(command, pages)


@pytest.fixture(scope="module")
def learnt(rows: list[dict[str, Any]]) -> bytes:
    learner = cleanfilter.Learner()
    for row in rows:
        learner.add(row["text"], row["url"])
    return learner.finish()


def texts(rows: list[Any]) -> list[str]:
    return [row["text"] for row in sorted(rows, key=lambda row: row["id"])]


def die_once(flag: Path, pid: int) -> None:
    """Kills a process the first time."""
    try:
        flag.touch(exist_ok=False)
    except FileExistsError:
        return
    os.kill(pid, signal.SIGKILL)


# Hugging Face datasets


@pytest.mark.parametrize("kind", [None, "arrow"])
@pytest.mark.parametrize("processes", [None, 2])
def test_datasets(
    rows: list[dict[str, Any]], expected: list[str], kind: str | None, processes: int | None
) -> None:
    datasets = pytest.importorskip("datasets")
    from cleanfilter import hf

    given = datasets.Dataset.from_list([*rows, {"id": len(rows), "text": None, "url": None}])
    clean = hf.Clean(Filter(threads=1))
    cleaned = given.with_format(kind).map(clean, batched=True, batch_size=37, num_proc=processes)
    found = cleaned.with_format(None)
    assert list(found["text"]) == [*expected, None]
    assert list(found["id"]) == list(range(len(rows) + 1))
    filter = Filter()
    reads = [filter.read(row["text"]) for row in rows]
    assert list(found["dropped"]) == [*(read.dropped_bytes for read in reads), None]
    languages = [read.language and read.language.bcp47 for read in reads]
    assert list(found["language"]) == [*languages, None]
    # The same function is the same step: what was computed is found again.
    again = hf.Clean(Filter(threads=1))
    fingerprint = datasets.fingerprint.Hasher.hash
    assert fingerprint(clean) == fingerprint(again)
    assert fingerprint(clean) != fingerprint(hf.Clean(Filter(preset="careful")))


# datatrove


@pytest.mark.parametrize("tasks", [1, 3])
def test_datatrove(
    rows: list[dict[str, Any]], expected: list[str], learnt: bytes, tasks: int, tmp_path: Path
) -> None:
    pytest.importorskip("datatrove")
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    from cleanfilter import datatrove

    given = tmp_path / "given"
    given.mkdir()
    for n in range(5):
        lines = [json.dumps({**row, "id": f"r{row['id']}"}) + "\n" for row in rows[n::5]]
        (given / f"{n}.jsonl").write_text("".join(lines))
    for keep_empty in (True, False):
        folder = tmp_path / f"clean-{keep_empty}"
        executor = LocalPipelineExecutor(
            [
                JsonlReader(str(given)),
                datatrove.Learn(str(tmp_path / "learnt")),
                datatrove.Clean(keep_empty=keep_empty),
                JsonlWriter(str(folder), compression=None),
            ],
            tasks=tasks,
            workers=2,
            logging_dir=str(tmp_path / f"log-{keep_empty}"),
        )
        stats = executor.run()
        found = [
            json.loads(line) for path in folder.glob("*.jsonl") for line in path.open()
        ]
        # The writer leaves out what is empty.
        by_id = {int(row["id"][1:]): row.get("text", "") for row in found}
        wanted = {row["id"]: text for row, text in zip(rows, expected) if text}
        # datatrove's reader passes over records without a text.
        assert {i: text for i, text in by_id.items() if text} == wanted
        assert keep_empty == ("" in by_id.values())
        counted = {step.name: step for step in stats.stats}
        step = next(value for name, value in counted.items() if "cleanfilter" in name and "learn" not in name)
        assert step["kept"].total == sum(len(text.encode()) for text in expected)
        assert any(str(label).startswith("rule_") for label in step.stats)
    records = [row for row in rows if row["text"]]
    whole = cleanfilter.Learner()
    for row in records:
        whole.add(row["text"], row["url"])
    assert datatrove.merge(str(tmp_path / "learnt")) == whole.finish()


# Ray


@pytest.fixture(scope="module")
def ray() -> Iterator[Any]:
    ray = pytest.importorskip("ray")
    path = os.pathsep.join(filter(None, [str(Path(__file__).parent), os.environ.get("PYTHONPATH")]))
    ray.init(
        num_cpus=2,
        include_dashboard=False,
        logging_level="ERROR",
        object_store_memory=100 << 20,
        runtime_env={"env_vars": {"PYTHONPATH": path}},
    )
    ray.data.DataContext.get_current().enable_progress_bars = False
    yield ray
    ray.shutdown()


@pytest.mark.parametrize("blocks", [1, 7])
def test_ray(
    ray: Any, rows: list[dict[str, Any]], expected: list[str], learnt: bytes, blocks: int
) -> None:
    from cleanfilter import ray as engine

    given = ray.data.from_items(rows, override_num_blocks=blocks)
    found = engine.clean(given, batch_size=29).take_all()
    assert texts(found) == expected
    assert {row["language"] for row in found} >= {"en", "de", "fr"}
    assert engine.learn(given, url_column="url") == learnt
    with_learnt = Filter(repeated=learnt, threads=1)
    again = engine.clean(given, with_learnt, url_column="url").take_all()
    assert texts(again) == [with_learnt.clean(row["text"], row["url"]) for row in rows]


def test_ray_goes_on_without_a_worker(
    ray: Any, rows: list[dict[str, Any]], expected: list[str], tmp_path: Path
) -> None:
    from cleanfilter import ray as engine

    flag = tmp_path / "died"

    def deadly(batch: Any) -> Any:
        if 150 in batch.column("id").to_pylist():
            die_once(flag, os.getpid())
        return batch

    given = ray.data.from_items(rows, override_num_blocks=6)
    found = engine.clean(given.map_batches(deadly, batch_format="pyarrow")).take_all()
    assert flag.exists() and texts(found) == expected


# Spark


def _needs_java() -> None:
    if not shutil.which("java"):
        pytest.skip("Spark needs Java 17")


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    pyspark = pytest.importorskip("pyspark")
    _needs_java()
    from pyspark.sql import SparkSession

    home = str(Path(pyspark.__file__).parent)
    os.environ.setdefault("SPARK_HOME", home)
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    # A cluster of two worker processes, of one core each.
    session = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.ui.enabled", "false")
        .config("spark.executor.memory", "700m")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "23")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


SCHEMA = "id long, text string, url string"


@pytest.mark.parametrize("partitions", [1, 7])
def test_spark(
    spark: Any, rows: list[dict[str, Any]], expected: list[str], learnt: bytes, partitions: int
) -> None:
    from cleanfilter import spark as engine

    given = spark.createDataFrame(rows, SCHEMA).repartition(partitions)
    cleaned = engine.clean(given)
    assert cleaned.columns == [*given.columns, "language", "confidence", "kept", "dropped"]
    found = cleaned.collect()
    assert texts(found) == expected
    assert {row["language"] for row in found} >= {"en", "de", "fr"}
    assert engine.learn(given, url_column="url") == learnt


def test_spark_keeps_nulls_and_names(spark: Any) -> None:
    from cleanfilter import spark as engine

    given = spark.createDataFrame([(None, 1), ("Rain.\n\n* * * * *\n", 2)], "body string, n int")
    found = engine.clean(given, column="body", prefix="cf_").orderBy("n").collect()
    assert [tuple(row)[:2] for row in found] == [(None, 1), ("Rain.\n", 2)]
    assert [row["cf_dropped"] for row in found] == [None, 11]


def test_spark_goes_on_without_a_worker(
    spark: Any, rows: list[dict[str, Any]], expected: list[str], tmp_path: Path
) -> None:
    from cleanfilter import spark as engine

    flag = str(tmp_path / "died")

    def deadly(batches: Iterator[Any]) -> Iterator[Any]:
        # Workers have not this module; the executor is the parent of the daemon that forked this process.
        import os
        import signal

        for batch in batches:
            if 150 in batch.column("id").to_pylist() and not os.path.exists(flag):
                open(flag, "x").close()
                status = open(f"/proc/{os.getppid()}/stat").read()
                os.kill(int(status.rsplit(")", 1)[1].split()[1]), signal.SIGKILL)
            yield batch

    given = spark.createDataFrame(rows, SCHEMA).repartition(6)
    found = engine.clean(given.mapInArrow(deadly, SCHEMA)).collect()
    assert os.path.exists(flag) and texts(found) == expected


# Examples


EXAMPLES = ["plain", "hf_clean", "datatrove_clean", "ray_clean", "spark_clean"]


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_run(
    name: str, rows: list[dict[str, Any]], expected: list[str], learnt: bytes, tmp_path: Path
) -> None:
    """Each is run as its reader would run it."""
    engine = {"hf_clean": "datasets"}.get(name, name.removesuffix("_clean"))
    if engine == "spark":
        _needs_java()
        engine = "pyspark"
    if engine != "plain":
        pytest.importorskip(engine)
    source, target = tmp_path / "given.jsonl", tmp_path / "clean.jsonl"
    # datatrove passes over texts that are empty.
    there = [(row, text) for row, text in zip(rows, expected) if row["text"]]
    source.write_text("".join(json.dumps({"id": f"r{row['id']}", "text": row["text"], "url": row["url"] or ""}) + "\n" for row, _ in there))
    done = subprocess.run(
        [sys.executable, str(ROOT / "crates/python/examples" / f"{name}.py"), str(source), str(target)],
        capture_output=True,
        env={**os.environ, "HF_DATASETS_CACHE": str(tmp_path / "cache"), "SPARK_LOCAL_IP": "127.0.0.1"},
    )
    assert done.returncode == 0, done.stderr.decode()[-3000:]
    found = [json.loads(line).get("text", "") for line in target.open()]
    if name in ("spark_clean", "datatrove_clean"):
        learner = cleanfilter.Learner()
        for row, _ in there:
            learner.add(row["text"], row["url"])
        filter = Filter(repeated=learner.finish())
        cleaned = [filter.clean(row["text"], row["url"]) for row, _ in there]
    else:
        cleaned = [text for _, text in there]
    if name == "datatrove_clean":
        assert found == [text for text in cleaned if text]
    else:
        assert found == cleaned


def test_the_example_of_tables_runs(
    rows: list[dict[str, Any]], expected: list[str], tmp_path: Path
) -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    source, target = tmp_path / "given.parquet", tmp_path / "clean.parquet"
    pq.write_table(pa.Table.from_pylist(rows), source)
    example = ROOT / "crates/python/examples/tables.py"
    subprocess.run([sys.executable, str(example), str(source), str(target)], check=True)
    assert pq.read_table(target).column("text").to_pylist() == expected
