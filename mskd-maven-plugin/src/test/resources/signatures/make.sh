#!/bin/sh
# Makes the fixtures of SignatureCheckTest with GnuPG; the secret keys are thrown away.
set -e
export GNUPGHOME="$(mktemp -d)"
chmod 700 "$GNUPGHOME"
GPG="gpg --batch --quiet --yes --passphrase= --pinentry-mode loopback"
printf 'the bytes of a model\n' > model.mskd
key() { # name, algorithm, algorithm of the signing subkey or none
  $GPG --quick-generate-key "$1 <$1@example.org>" "$2" "${4:-cert,sign}" never
  if [ "$3" != none ]; then
    fpr=$($GPG --list-keys --with-colons "$1@example.org" | awk -F: '/^fpr/ {print $10; exit}')
    $GPG --quick-add-key "$fpr" "$3" sign never
  fi
}
key hospital ed25519 ed25519 cert
key rsa rsa3072 none
key revoked ed25519 none
for name in hospital rsa revoked; do
  $GPG --local-user "$name@example.org" --armor --detach-sign --output "$name.asc" model.mskd
done
$GPG --local-user rsa@example.org --digest-algo SHA1 --armor --detach-sign --output sha1.asc model.mskd
fpr=$($GPG --list-keys --with-colons revoked@example.org | awk -F: '/^fpr/ {print $10; exit}')
sed 's/^:---/---/' "$GNUPGHOME/openpgp-revocs.d/$fpr.rev" | $GPG --import
for name in hospital rsa revoked; do
  $GPG --armor --export "$name@example.org" > "$name.key.asc"
done
gpgconf --kill all
rm -rf "$GNUPGHOME"
