module github.com/scramjetorg/scramjet-openapi/generated/go

go 1.24.0

require (
	github.com/oapi-codegen/runtime v1.5.0
	go.yaml.in/yaml/v3 v3.0.4
)

require (
	github.com/apapsch/go-jsonmerge/v2 v2.0.0 // indirect
	github.com/google/uuid v1.6.0 // indirect
)
