/** A self-signed certificate for 127.0.0.1 and its key, for tests only: nothing else trusts it. It is its own authority, and serves as a client's certificate too. */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBejCCASGgAwIBAgIBATAKBggqhkjOPQQDAjAeMRwwGgYDVQQDDBNhcGktc2Vy
dmVyIHN0YW5kLWluMCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAwWjAe
MRwwGgYDVQQDDBNhcGktc2VydmVyIHN0YW5kLWluMFkwEwYHKoZIzj0CAQYIKoZI
zj0DAQcDQgAEG+QM65V0lMQVqy6kwS7UVpnJm2ECVDJnTz27HSk1a/+zKje7+xXv
brwBH3iwCbAzmc/uTcJ2fphu0S0kEW2m/aNOMEwwGgYDVR0RBBMwEYcEfwAAAYIJ
bG9jYWxob3N0MA8GA1UdEwEB/wQFMAMBAf8wHQYDVR0OBBYEFORvzX4kNrUzOuaP
DoDpbEMZj4lGMAoGCCqGSM49BAMCA0cAMEQCIDo7S/Ut7Des5cZVL3R/ekJMEYW4
XFCddSORWv8v+i/GAiBiSTqn8Q8mI6flhdCtfuTcxRIurph4Dn9CX+XwYMAixw==
-----END CERTIFICATE-----
`;

export const privateKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgdEbZVRWS0R6qCzIA
VryPgGfzYDXZVXLtrvd0x6BW/pehRANCAAQb5AzrlXSUxBWrLqTBLtRWmcmbYQJU
MmdPPbsdKTVr/7MqN7v7Fe9uvAEfeLAJsDOZz+5NwnZ+mG7RLSQRbab9
-----END PRIVATE KEY-----
`;
