"""Rows of the rights matrix for the charter."""

from portal.core.rights import everyone

RIGHTS = {
    "charter:charter": everyone(),
    "charter:performance": everyone(),
    "charter:results_csv": everyone(),
    "charter:results_json": everyone(),
}
