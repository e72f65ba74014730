"""Splink, set up as its guides advise for such records: the peer that ours is held against."""

import logging
from typing import Any

import pandas as pd
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

BLOCKS = (
    ("date_of_birth",),
    ("soc_sec_id",),
    ("given_name", "surname"),
    ("surname", "postcode"),
    ("given_name", "postcode"),
    ("address_1", "street_number"),
    ("postcode", "address_1"),
    ("suburb", "surname"),
    ("suburb", "given_name"),
)


def comparisons() -> list[Any]:
    """Return how each field is compared: names and addresses by likeness, numbers by slips."""
    return [
        cl.NameComparison("given_name").configure(term_frequency_adjustments=True),
        cl.NameComparison("surname").configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("date_of_birth", [1, 2]),
        cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
        cl.DamerauLevenshteinAtThresholds("street_number", [1]),
        cl.JaroWinklerAtThresholds("address_1", [0.95, 0.85]).configure(
            term_frequency_adjustments=True
        ),
        cl.JaroWinklerAtThresholds("suburb", [0.95, 0.85]).configure(
            term_frequency_adjustments=True
        ),
        cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]),
    ]


def linker_of(frames: list[pd.DataFrame]) -> Linker:
    """Return splink with its weights learned from the records: no label is used."""
    settings = SettingsCreator(
        link_type="link_only" if len(frames) > 1 else "dedupe_only",
        unique_id_column_name="rec_id",
        blocking_rules_to_generate_predictions=[block_on(*fields) for fields in BLOCKS],
        comparisons=comparisons(),
        retain_intermediate_calculation_columns=False,
    )
    api = DuckDBAPI()
    tables = [api.register(frame.reset_index()) for frame in frames]
    linker = Linker(tables, settings, log_level=logging.ERROR)
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")], recall=0.9
    )
    training.estimate_u_using_random_sampling(max_pairs=2_000_000, seed=1)
    for fields in (("date_of_birth",), ("soc_sec_id",), ("postcode", "surname")):
        training.estimate_parameters_using_expectation_maximisation(
            block_on(*fields), record_sample_proportion=1.0
        )
    return linker


def splink_pairs(frames: list[pd.DataFrame]) -> list[tuple[str, str, float]]:
    """Return the pairs that splink brings together, each with its match weight."""
    found = linker_of(frames).inference.predict(threshold_match_weight=-10)
    table = found.as_pandas_dataframe()
    return list(zip(table["rec_id_l"], table["rec_id_r"], table["match_weight"], strict=True))
