"""The European description of what is offered here: CPSV-AP 3.2 for services, DCAT for the data as a whole.

rdflib is slow and heavy, so that pages and API never load it: the description is made ahead, with the files to take
away (`portal.api.downloads`). Only the maker imports what lies here.
"""
