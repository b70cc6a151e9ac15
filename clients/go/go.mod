module sideglance

go 1.19
