"""Kill the server a hundred times in the middle of answers, and count what is left."""

import argparse
import http.client
import json
import secrets
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from threading import Event as Flag
from threading import Thread
from typing import Any

from sqlalchemy import create_engine, func, select, text

from bench.crowd import gather
from bench.installation import Installation, Server, installation, listens, opened
from bench.scenarios import quiz_start
from bench.visitor import (
    AnswerForm,
    Asking,
    Fields,
    Line,
    RefusedError,
    Reply,
    Visitor,
    signed_in,
)
from course.features.progress.models import Standing
from course.features.quiz.models import Attempt, Grade, Item, Submission

KILLS = 100
SECONDS = 240  # for all of it
LONGEST = 0.4  # between the first answer kept by a server and its end
CHANGES = 3  # of mind, at each question
PAUSE = 0.01  # before a call that nobody took is made again
MISSED = 5  # answers that must not be refused in a row
SERVER_ERROR = 500

