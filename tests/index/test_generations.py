import hashlib

from index.generations import sha256


def test_a_file_is_hashed_by_its_bytes(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"\r\n")
    assert sha256(path) == hashlib.sha256(b"\r\n").hexdigest()
