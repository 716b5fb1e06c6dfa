"""Registry of the kinds of block. A new kind is one module, one line here, and its words in each ``blocks.yaml``."""

from types import MappingProxyType

from coach.blocks import (
    body_scan,
    breathe,
    breathing,
    brisk,
    check_in,
    easy,
    free,
    listening,
    noticing,
    reflect,
    say,
    settle,
    shoulder_release,
    silence,
    stretch,
    talk_test,
    walk,
    walk_out,
)
from coach.session.session import KindSyntax

KINDS = MappingProxyType(
    {
        module.KIND.name: module.KIND
        for module in (
            check_in,
            settle,
            breathing,
            breathe,
            body_scan,
            shoulder_release,
            noticing,
            listening,
            talk_test,
            easy,
            brisk,
            walk,
            silence,
            walk_out,
            reflect,
            stretch,
            say,
            free,
        )
    }
)

SYNTAX = MappingProxyType(
    {
        kind.name: KindSyntax(
            name=kind.name, parts=kind.parts, about=kind.about, example=kind.example, running=kind.running
        )
        for kind in KINDS.values()
    }
)
