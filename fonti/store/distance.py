"""How far it is from one point of the Earth to another."""

from __future__ import annotations

from math import asin, cos, pi, radians, sin, sqrt

RADIUS = 6371.0088  # km, the mean one
# the same in SQL, for databases that know no `kilometres` of ours
HAVERSINE = (
    f"{2 * RADIUS} * asin(sqrt(least(1, power(sin(radians({{lat}} - :lat) / 2), 2) + "
    "cos(radians(:lat)) * cos(radians({lat})) * power(sin(radians({lon} - :lon) / 2), 2))))"
)


def kilometres(lat: float | None, lon: float | None, other_lat: float, other_lon: float) -> float | None:
    """By the haversine formula, good to half a percent; None where a point is unknown."""
    if lat is None or lon is None:
        return None
    half = sin(radians(lat - other_lat) / 2) ** 2
    half += cos(radians(lat)) * cos(radians(other_lat)) * sin(radians(lon - other_lon) / 2) ** 2
    return 2 * RADIUS * asin(sqrt(min(1.0, half)))


def box(lat: float, lon: float, km: float) -> tuple[float, float, float | None]:
    """South, north, and the degrees to east and west within which all that is near lies; None: all around a pole."""
    high = km / RADIUS * 180 / pi
    south, north = lat - high, lat + high
    if south <= -90 or north >= 90:
        return south, north, None
    wide = sin(min(km / RADIUS, pi / 2)) / cos(radians(lat))
    return south, north, (asin(wide) * 180 / pi if wide < 1 else None)
