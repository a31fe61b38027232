"""Which cells of a breakdown stay hidden, so that nobody works out a small group from what is shown. Pure.

The lattice is one quarter: its months and the quarter itself as rows, the groups and their total as columns. Every row
adds up to its total and every column to its quarter, so a hidden cell can be worked out exactly when it is a bridge of
the graph that has rows and columns as nodes and hidden cells as edges.

What a month hides hangs on that month alone: its page is read when it is over, and whoever kept it must learn nothing
from what later months bring. Its cells with fewer than ten answers are hidden – none and nine look the same –, and the
next smallest with them until they no longer give each other away. Only the quarter, which is published last, gives way
afterwards: its cells are hidden until no hidden cell is a bridge.

A group that a month does not have at all is nobody's secret and is not hidden. The totals are the same in every
breakdown, so they are decided from the totals alone: what one table hid another must not show.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from portal.core.statistics import NOTHING_BELOW

Cell: TypeAlias = tuple[Any, Any]  # row, column: anything that can be a key
_Node: TypeAlias = tuple[str, Hashable]  # a row or a column
WHOLE = "whole"  # the quarter among the rows, the total among the columns
_MOST_SMALL = NOTHING_BELOW - 1


def hidden(counts: Mapping[Cell, int]) -> frozenset[Cell]:
    """Cells to hide, margins included. `counts`: how many answered, by (month, group), without margins."""
    table = with_margins(counts)
    cells = _hidden_totals(table)
    for month in {row for row, _column in counts}:
        cells |= _hidden_in_month({cell: n for cell, n in counts.items() if cell[0] == month})
    groups = {column for _row, column in cells if column != WHOLE}
    cells |= {(WHOLE, group) for group in groups if table[WHOLE, group] < NOTHING_BELOW}
    while bridges := _bridges(cells):
        free = [(WHOLE, group) for group in groups if (WHOLE, group) not in cells]
        cells.add(_cheapest(min(bridges, key=str), free, cells, table))
    return frozenset(cells)


def hidden_totals(counts: Mapping[Cell, int]) -> frozenset[Cell]:
    """Those among the cells to hide that are totals; they hang on the totals alone, whatever is broken down."""
    return frozenset(_hidden_totals(with_margins(counts)))


def with_margins(counts: Mapping[Cell, int]) -> dict[Cell, int]:
    """The table with its totals, of what is given."""
    table: dict[Cell, int] = defaultdict(int)
    for (row, column), n in counts.items():
        for cell in ((row, column), (row, WHOLE), (WHOLE, column), (WHOLE, WHOLE)):
            table[cell] += n
    return dict(table)


def _hidden_in_month(cells: Mapping[Cell, int]) -> set[Cell]:
    """The small cells of one month; one alone, or some whose sum says what each of them is, take the next along."""
    sizes = sorted((n, str(cell), cell) for cell, n in cells.items())
    found = {cell for n, _name, cell in sizes if n < NOTHING_BELOW}
    for _n, _name, cell in sizes[len(found) :]:
        total = sum(cells[each] for each in found)
        if not found or (len(found) > 1 and total not in (0, _MOST_SMALL * len(found))):
            break
        found.add(cell)
    return found


def _hidden_totals(table: Mapping[Cell, int]) -> set[Cell]:
    """Totals of small months, and of the quarter where it would give one or all of them away together."""
    small = {cell: n for cell, n in table.items() if cell[1] == WHOLE and cell[0] != WHOLE and n < NOTHING_BELOW}
    gives_away = small and (len(small) == 1 or sum(small.values()) < NOTHING_BELOW)
    return {*small, (WHOLE, WHOLE)} if gives_away else set(small)


def _bridges(cells: Iterable[Cell]) -> set[Cell]:
    """Hidden cells that the shown ones give away: without them their row and column lie in two parts.

    One walk in depth: a cell is a bridge when nothing beyond it leads back to what was seen before it.
    """
    beside: dict[_Node, list[tuple[_Node, Cell]]] = defaultdict(list)
    for cell in cells:
        row, column = ("row", cell[0]), ("column", cell[1])
        beside[row].append((column, cell))
        beside[column].append((row, cell))
    seen: dict[_Node, int] = {}
    found: set[Cell] = set()
    for start in beside:
        if start not in seen:
            _walk(start, beside, seen, found)
    return found


def _walk(
    start: _Node, beside: Mapping[_Node, list[tuple[_Node, Cell]]], seen: dict[_Node, int], found: set[Cell]
) -> None:
    """Everything that hangs together with `start`; without recursion, since a town may have a hundred services."""
    seen[start] = len(seen)
    low = {start: seen[start]}
    path: list[tuple[_Node, Cell | None, Iterator[tuple[_Node, Cell]]]] = [(start, None, iter(beside[start]))]
    while path:
        node, came_by, rest = path[-1]
        for other, cell in rest:
            if cell == came_by:
                continue
            if other in seen:
                low[node] = min(low[node], seen[other])
                continue
            seen[other] = low[other] = len(seen)
            path.append((other, cell, iter(beside[other])))
            break
        else:
            path.pop()
            if came_by is not None:
                before = path[-1][0]
                low[before] = min(low[before], low[node])
                if low[node] > seen[before]:
                    found.add(came_by)


def _cheapest(bridge: Cell, free: list[Cell], cells: set[Cell], table: Mapping[Cell, int]) -> Cell:
    """The quarter's cell to hide next: in the bridge's own column, else in one hidden in its month, else the smallest.

    There is always one. A month hides two cells or its total as well, so that a way leads from each hidden cell to
    another of its month; through the quarter's cells above both it leads back.
    """
    row, column = bridge
    return min(free, key=lambda cell: (cell[1] != column, (row, cell[1]) not in cells, table[cell], str(cell)))
