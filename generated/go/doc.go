// Copied from client/go/doc.go by `make clients`; edit that file.

// Package scramjet is a typed client of the Scramjet Hub, Space and Platform API.
//
// [NewClientWithResponses] gives a client with a method for every operation.
// A method of [Client] returns the reply as it is, with a body that can be read as it comes;
// the method with the suffix WithResponse reads and decodes the whole of it.
//
// Beside these, the package has what streams need: [Lines] and [Records] read the body of a reply one by one as it
// comes, [Live] makes a body that is sent part by part, [Client.Inout] does both at once, and [Check] and [Open] turn
// a status from 400 on into an [APIError].
package scramjet
