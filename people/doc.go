// Package people holds who takes part: accounts and their roles, invitations,
// second factors, sessions, organisations and regions, the inbox («Berichten»),
// and the policy that says which role may do what.
//
// It may import the store port and internal packages; domain packages and the
// server import it for Viewer and Allow.
package people
