"""What people decided about a graph: kept in `corrections.toml`, replayed on every build.

corrections.toml ──model──▶ Corrections ──replay──▶ what was read and linked, corrected ──record──▶ triples
                                     ▲ writing (kg correct)
"""
