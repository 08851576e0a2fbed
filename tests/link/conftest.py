from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stand_in.harness import Aimux, closing


@pytest.fixture
def aimux(tmp_path: Path) -> Iterator[Aimux]:
    yield from closing(tmp_path)
