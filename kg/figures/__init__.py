"""The reading of figures: numbers, units, periods, and what is said by them of whom.

text ──quantities──▶ Quantity ──phrases──▶ indicator, kind ──subjects──▶ Observation
                               periods ──▶ period
"""
