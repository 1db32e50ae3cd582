"""passeport progress rebuild."""


def test_an_empty_ledger_is_read_again(command):
    command("db", "upgrade")

    said = command("progress", "rebuild")

    assert (said.code, said.out, said.err) == (0, "0 deeds read again.\n", "")
