module sideglance/client-programs

go 1.19
