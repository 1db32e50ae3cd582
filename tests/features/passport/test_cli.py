"""passeport passport give."""


def test_nobody_is_owed_a_stamp_in_a_new_installation(command):
    command("db", "upgrade")

    said = command("passport", "give")

    assert (said.code, said.out, said.err) == (0, "0 stamps given.\n", "")
