"""Owns the practice data: a small country with companies, officers, partners and their reports.

Everything here is invented. Links are planted so that findings, queue and leads have something to
show; portal.demo.orders and portal.demo.notices say which.
"""
