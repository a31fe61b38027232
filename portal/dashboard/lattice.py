"""Which cells of a breakdown stay hidden, so that nobody works out a small group from what is shown. Pure.

The lattice is one quarter: its months and the quarter itself as rows, the groups and their total as columns. Every row
adds up to its total and every column to its quarter, so a hidden cell can be worked out exactly when it is a bridge of
the graph that has rows and columns as nodes and hidden cells as edges. Cells with fewer than ten answers are hidden –
none and nine look the same –, then others with them, the smallest first, until no hidden cell is a bridge.

The totals are the same in every breakdown, so they are decided first, from the totals alone: what one table hid
another must not show.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from portal.core.statistics import NOTHING_BELOW

Cell: TypeAlias = tuple[Any, Any]  # row, column: anything that can be a key
_Node: TypeAlias = tuple[str, Hashable]  # a row or a column
WHOLE = "whole"  # the quarter among the rows, the total among the columns


def hidden(counts: Mapping[Cell, int]) -> frozenset[Cell]:
    """Cells to hide, margins included. `counts`: how many answered, by (month, group), without margins."""
    if not counts:
        return frozenset()
    table = with_margins(counts)
    cells = {cell for cell, n in table.items() if n < NOTHING_BELOW and cell[1] != WHOLE} | _hidden_totals(table)
    while bridges := _bridges(cells):
        cells |= _cheapest_ring(min(bridges, key=str), cells, table)
    return frozenset(cells)


def hidden_totals(counts: Mapping[Cell, int]) -> frozenset[Cell]:
    """Those among the cells to hide that are totals; they hang on the totals alone, whatever is broken down."""
    return frozenset(_hidden_totals(with_margins(counts))) if counts else frozenset()


def with_margins(counts: Mapping[Cell, int]) -> dict[Cell, int]:
    """The table with its totals; a cell that isn't given counts 0."""
    rows = list(dict.fromkeys(row for row, _column in counts))
    columns = list(dict.fromkeys(column for _row, column in counts))
    table: dict[Cell, int] = {(row, column): counts.get((row, column), 0) for row in rows for column in columns}
    for row in rows:
        table[row, WHOLE] = sum(table[row, column] for column in columns)
    for column in (*columns, WHOLE):
        table[WHOLE, column] = sum(table[row, column] for row in rows)
    return table


def _hidden_totals(table: Mapping[Cell, int]) -> set[Cell]:
    """Totals that are too small; a single one takes the next smallest along, else the quarter gives it away."""
    totals = sorted((n, str(cell), cell) for cell, n in table.items() if cell[1] == WHOLE)
    small = {cell for n, _name, cell in totals if n < NOTHING_BELOW}
    return {cell for _n, _name, cell in totals[:2]} if len(small) == 1 else small


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


def _cheapest_ring(bridge: Cell, cells: set[Cell], table: Mapping[Cell, int]) -> set[Cell]:
    """The three cells that close a ring with `bridge` and cost the fewest shown answers; never one more total.

    There is always one: with two groups any other row and group will do, and with one group a small cell is a small
    total, which has taken another total along.
    """
    row, column = bridge
    rings: list[set[Cell]] = [
        {(row, other_column), (other_row, column), (other_row, other_column)}
        for other_row in {each for each, _column in table} - {row}
        for other_column in {each for _row, each in table} - {column}
    ]
    possible = [ring for ring in rings if all(cell in cells for cell in ring if cell[1] == WHOLE)]
    return min(possible, key=lambda ring: (sum(table[cell] for cell in ring - cells), str(sorted(map(str, ring)))))
