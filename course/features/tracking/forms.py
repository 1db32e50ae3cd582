# pyright: standard
"""What trainers may write about a learner."""

from wtforms import TextAreaField

from course.base.forms import AtMost, Form, Needed
from course.base.i18n import _l


class NoteForm(Form):
    """A note."""

    text = TextAreaField(
        _l("A new note"),
        description=_l("What you saw, what you agreed on, what comes next."),
        validators=[Needed(_l("Write something first.")), AtMost(2000)],
        render_kw={"rows": 4},
    )
