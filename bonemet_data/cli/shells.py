"""Completion in bash, which click completes without regard to quotes and word breaks."""

import os
import re

from click import shell_completion
from click.shell_completion import CompletionItem, add_completion_class, split_arg_string

_SPECIAL = re.compile(r"[^\w@%+=:,./-]")


@add_completion_class
class BashComplete(shell_completion.BashComplete):
    """Completion of words as bash reads them.

    bash splits a word at `=` and `:`, and replaces only its last part. Names come from files, so
    that each character with a meaning in the shell is escaped.
    """

    source_template = """\
%(complete_func)s() {
    local type value
    COMPREPLY=()
    while IFS=, read -r type value; do
        case "$type" in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            plain)
                COMPREPLY+=("$value")
                [[ $value == *= ]] && compopt -o nospace
                ;;
        esac
    done < <(COMP_LINE="${COMP_LINE:0:COMP_POINT}" COMP_BREAKS="$COMP_WORDBREAKS" \\
        %(complete_var)s=bash_complete "$1")
}

complete -o nosort -F %(complete_func)s %(prog_name)s
"""

    _cut = 0

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the cursor, and the word at the cursor."""
        line = os.environ.get("COMP_LINE")
        if line is None:
            return super().get_completion_args()
        words = split_arg_string(line)[1:]
        incomplete = words.pop() if words and not line[-1].isspace() else ""
        breaks = [incomplete.rfind(char) for char in os.environ.get("COMP_BREAKS", "")]
        self._cut = max(breaks, default=-1) + 1
        return words, incomplete

    def format_completion(self, item: CompletionItem[str]) -> str:
        """Return the part of a completion that replaces the last part of the word."""
        value = _SPECIAL.sub(r"\\\g<0>", item.value[self._cut :])
        return f"{item.type},{value}"
