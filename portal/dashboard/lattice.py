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
from collections.abc import Hashable, Iterable, Mapping
from typing import Any, TypeAlias

from portal.core.statistics import NOTHING_BELOW

Cell: TypeAlias = tuple[Any, Any]  # row, column: anything that can be a key
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
    """Hidden cells that the shown ones give away: without them their row and column lie in two parts."""
    edges = set(cells)
    return {edge for edge in edges if not _connected(edge, edges - {edge})}


def _connected(edge: Cell, edges: set[Cell]) -> bool:
    beside: dict[tuple[str, Hashable], list[tuple[str, Hashable]]] = defaultdict(list)
    for row, column in edges:
        beside["row", row].append(("column", column))
        beside["column", column].append(("row", row))
    goal, seen, open_nodes = ("column", edge[1]), set(), [("row", edge[0])]
    while open_nodes:
        node = open_nodes.pop()
        if node == goal:
            return True
        if node not in seen:
            seen.add(node)
            open_nodes += beside[node]
    return False


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
