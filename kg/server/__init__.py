"""The graph on the web: pages for people, a JSON API and a SPARQL endpoint, all of them read-only.

`app.create_app` makes the application, `commands` is the command ``kg serve``.  Answers are those
of the commands: `api` and `pages` call the functions that the command line calls.  `snapshots`
holds the graph open and takes up a new state, `worker` evaluates a query of a stranger in a process
that can be stopped, `manners` gives each request its language and each response its safety headers.
"""
