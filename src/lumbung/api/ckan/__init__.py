"""CKAN's Action API v3, as CKAN 2.11 answers its clients: https://docs.ckan.org/en/2.11/api/"""
