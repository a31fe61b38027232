"""Rows of the rights matrix for the charter."""

from portal.core.rights import everyone

RIGHTS = {
    "charter:changes": everyone(),
    "charter:charter": everyone(),
    "charter:leaflet": everyone(),
    "charter:poster": everyone(),
    "charter:version": everyone(),
    "charter:performance": everyone(),
    "charter:results_csv": everyone(),
    "charter:results_feed": everyone(),
    "charter:results_json": everyone(),
}
