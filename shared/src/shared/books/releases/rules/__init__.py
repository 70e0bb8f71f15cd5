"""One rule a module: each looks at one side of a release and finds it acceptable, doubtful or not."""
