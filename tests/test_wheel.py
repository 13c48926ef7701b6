"""The wheel, built and installed where there is no repository and no development package."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import venv
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
ARTICLE = "# 岳阳经开区：产业集聚\n\n2021年，岳阳市岳阳经开区引进华星新材料有限公司，总投资12亿元。\n"


def runtime_closure(name: str) -> set[str]:
    """The names of all distributions that `name` needs at run time on this machine."""
    needed: set[str] = set()
    stack = [name]
    while stack:
        current = re.sub(r"[-_.]+", "-", stack.pop()).lower()
        if current in needed:
            continue
        try:
            requires = distribution(current).requires or []
        except PackageNotFoundError:
            continue
        needed.add(current)
        for text in requires:
            requirement = Requirement(text)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                stack.append(requirement.name)
    return needed


def link_distribution(name: str, site: Path) -> None:
    """Make the files of an installed distribution importable from `site`."""
    for file in distribution(name).files or []:
        top = Path(file.parts[0])
        source = Path(str(distribution(name).locate_file(top)))
        if ".." not in file.parts and top.name != "__pycache__" and source.exists() and not (site / top).exists():
            (site / top).symlink_to(source)


@pytest.fixture(scope="module")
def kg(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of a wheel installed into an environment that holds nothing else but what it requires."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    home = folder / "elsewhere"
    venv.create(home, with_pip=False)
    site = next((home / "lib").glob("python*/site-packages"))
    for name in sorted(runtime_closure("citykg") - {"citykg"}):
        link_distribution(name, site)
    wheel = next(folder.glob("*.whl"))
    pip = [sys.executable, "-m", "pip", "--python", str(home / "bin" / "python"), "install", "--no-deps", "--no-index"]
    subprocess.run([*pip, str(wheel)], check=True, capture_output=True)
    return home / "bin" / "kg"


def run(kg: Path, *arguments: str, folder: Path) -> str:
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "KG_ONTOLOGY")}
    done = subprocess.run(
        [str(kg), *arguments], cwd=folder, env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout


def test_builds_a_graph_and_a_page(kg: Path, tmp_path: Path) -> None:
    (tmp_path / "news.md").write_text(ARTICLE, encoding="utf-8")
    run(kg, "build", "news.md", "-o", "out", folder=tmp_path)
    graph = (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")
    assert "华星新材料有限公司" in graph
    page = (tmp_path / "out" / "graph.html").read_text(encoding="utf-8")
    assert "vis.Network" in page
    assert "华星新材料有限公司" in page


def test_has_no_development_package(kg: Path) -> None:
    code = "import importlib.util as u; print([n for n in ('pytest', 'mypy', 'ruff') if u.find_spec(n)])"
    done = subprocess.run([str(kg.parent / "python"), "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
