module pressrow

go 1.26.0
