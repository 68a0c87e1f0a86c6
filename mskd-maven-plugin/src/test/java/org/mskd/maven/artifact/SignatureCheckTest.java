package org.mskd.maven.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.problem.BadInputException;

/** Keys and signatures of GnuPG (see make.sh beside them), and others that the test makes. */
class SignatureCheckTest {
  private static final Path GNUPG = Path.of("src/test/resources/signatures");
  private static final String NAMED = "org.hospital:liver-teacher:1.2";
  private static final byte[] DATA = "weights".getBytes(StandardCharsets.UTF_8);
  private static final Instant SIGNED = Signer.START.plus(Duration.ofDays(10));
  @TempDir private Path folder;

  private static Path gnupg(String name) {
    return GNUPG.resolve(name);
  }

  private static String check(Path keys, Path file, Path signature) {
    return new SignatureCheck(TrustedKeys.read(keys)).check(file, signature, NAMED).signer();
  }

  private static String refused(Path keys, Path file, Path signature) {
    return assertThrows(BadInputException.class, () -> check(keys, file, signature)).getMessage();
  }

  private String refused(PGPPublicKeyRing certificate, PGPSignature... signatures)
      throws IOException {
    return refused(
        Signer.write(folder.resolve("key.asc"), certificate),
        Files.write(folder.resolve("data"), DATA),
        Signer.write(folder.resolve("data.asc"), signatures));
  }

  private String accepted(PGPPublicKeyRing certificate, PGPSignature... signatures)
      throws IOException {
    return check(
        Signer.write(folder.resolve("key.asc"), certificate),
        Files.write(folder.resolve("data"), DATA),
        Signer.write(folder.resolve("data.asc"), signatures));
  }

  /** That of the hospital is made by a subkey, of Ed25519; the other is RSA. */
  @ParameterizedTest
  @ValueSource(strings = {"hospital", "rsa"})
  void aSignatureOfGnuPgIsAccepted(String name) {
    String signer = check(gnupg(name + ".key.asc"), gnupg("model.mskd"), gnupg(name + ".asc"));
    assertTrue(
        signer.matches("[0-9A-F]{40} \\(" + name + " <" + name + "@example.org>\\)"), signer);
  }

  /** By {@code printf weights | sha256sum}; the first of the two signatures is of other bytes. */
  @Test
  void theDigestIsThatOfTheSignedBytes() throws Exception {
    Signer signer = new Signer();
    PGPSignature ofOther = signer.sign("other".getBytes(StandardCharsets.UTF_8), SIGNED);
    SignedFile signed =
        new SignatureCheck(
                TrustedKeys.read(Signer.write(folder.resolve("key.asc"), signer.certificate())))
            .check(
                Files.write(folder.resolve("data"), DATA),
                Signer.write(folder.resolve("data.asc"), ofOther, signer.sign(DATA, SIGNED)),
                NAMED);
    assertEquals(
        "9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c", signed.sha256());
  }

  @Test
  void aRevokedKeyIsRefused() {
    String message = refused(gnupg("revoked.key.asc"), gnupg("model.mskd"), gnupg("revoked.asc"));
    assertTrue(message.contains(NAMED) && message.contains("the key is revoked"), message);
  }

  @Test
  void aWeakDigestIsRefused() {
    String message = refused(gnupg("rsa.key.asc"), gnupg("model.mskd"), gnupg("sha1.asc"));
    assertTrue(message.contains("uses the weak digest SHA1."), message);
  }

  @Test
  void anUnknownKeyIsNamedByItsFingerprint() {
    String message = refused(gnupg("rsa.key.asc"), gnupg("model.mskd"), gnupg("hospital.asc"));
    assertTrue(
        message.matches(
            NAMED + " is signed by key [0-9A-F]{40}, which is none of <trustedKeys> .*"),
        message);
  }

  @Test
  void everyChangeOfTheFileIsNoticed() throws IOException {
    byte[] bytes = Files.readAllBytes(gnupg("model.mskd"));
    Path changed = folder.resolve("model.mskd");
    for (int i = 0; i < bytes.length; i++) {
      byte[] other = bytes.clone();
      other[i] ^= 1;
      Files.write(changed, other);
      String message = refused(gnupg("hospital.key.asc"), changed, gnupg("hospital.asc"));
      assertTrue(message.contains(" does not fit " + changed), message);
    }
    Files.write(changed, new byte[0]);
    refused(gnupg("hospital.key.asc"), changed, gnupg("hospital.asc"));
  }

  /** Whatever bytes a repository delivers, the answer is one of {@link SignatureCheck}. */
  @Test
  void damagedSignaturesAreRefusedWithAReason() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Signer signer = new Signer();
    TrustedKeys keys =
        TrustedKeys.read(Signer.write(folder.resolve("key.asc"), signer.certificate()));
    byte[] whole = signer.sign(DATA, SIGNED).getEncoded();
    Path file = Files.write(folder.resolve("data"), "other".getBytes(StandardCharsets.UTF_8));
    Path signature = folder.resolve("data.asc");
    for (int n = 0; n < 400; n++) {
      byte[] damaged = new byte[random.nextInt(2 * whole.length)];
      System.arraycopy(whole, 0, damaged, 0, Math.min(whole.length, damaged.length));
      for (int flips = random.nextInt(4); flips > 0 && damaged.length > 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      Files.write(signature, damaged);
      assertThrows(
          BadInputException.class,
          () -> new SignatureCheck(keys).check(file, signature, NAMED),
          "seed " + seed + ", damage " + n);
    }
  }

  @Test
  void aKeyMustNotHaveExpiredWhenItSigned() throws Exception {
    Signer signer = new Signer();
    PGPPublicKeyRing month = Signer.ring(signer.certified(KeyFlags.SIGN_DATA, Duration.ofDays(30)));
    accepted(month, signer.sign(DATA, Signer.START.plus(Duration.ofDays(29))));
    String message = refused(month, signer.sign(DATA, Signer.START.plus(Duration.ofDays(31))));
    assertTrue(
        message.contains("the key expired at 2025-01-31T00:00:00Z, before the signature"), message);
    assertTrue(
        refused(signer.certificate(), signer.sign(DATA, Signer.START.minusSeconds(1)))
            .contains("the key was made after the signature"));
  }

  /** A renewed key is valid again; what is older counts no more. */
  @Test
  void theNewestStatementAboutAKeyCounts() throws Exception {
    Signer signer = new Signer();
    PGPSignature longer =
        signer
            .generator(
                PGPSignature.POSITIVE_CERTIFICATION,
                HashAlgorithmTags.SHA256,
                Signer.START.plus(Duration.ofDays(20)),
                packets -> {
                  packets.setKeyFlags(true, KeyFlags.SIGN_DATA);
                  packets.setKeyExpirationTime(true, Duration.ofDays(60).toSeconds());
                })
            .generateCertification(Signer.ID, signer.key());
    PGPPublicKey renewed =
        PGPPublicKey.addCertification(
            signer.certified(KeyFlags.SIGN_DATA, Duration.ofDays(30)), Signer.ID, longer);
    PGPSignature made = signer.sign(DATA, Signer.START.plus(Duration.ofDays(31)));
    accepted(Signer.ring(renewed), made);
    refused(Signer.ring(signer.certified(KeyFlags.SIGN_DATA, Duration.ofDays(30))), made);
  }

  /** A statement about the key itself may be about other things than its use and end. */
  @Test
  void aNewerStatementAboutSomethingElseTakesNothingBack() throws Exception {
    Signer signer = new Signer();
    PGPSignature direct =
        signer.aboutKey(packets -> packets.setPreferredHashAlgorithms(false, new int[] {10}));
    PGPPublicKey month =
        PGPPublicKey.addCertification(
            signer.certified(KeyFlags.SIGN_DATA, Duration.ofDays(30)), direct);
    accepted(Signer.ring(month), signer.sign(DATA, Signer.START.plus(Duration.ofDays(29))));
    assertTrue(
        refused(Signer.ring(month), signer.sign(DATA, Signer.START.plus(Duration.ofDays(31))))
            .contains("the key expired at 2025-01-31T00:00:00Z"));
    PGPPublicKey certifying =
        PGPPublicKey.addCertification(
            signer.certified(KeyFlags.CERTIFY_OTHER, Duration.ZERO), direct);
    assertTrue(
        refused(Signer.ring(certifying), signer.sign(DATA, SIGNED))
            .contains("the key is not meant for signing files"));
  }

  /** Use and end may be stated for the key itself, for all of its user ids. */
  @Test
  void aStatementAboutTheKeyItselfCountsToo() throws Exception {
    Signer signer = new Signer();
    PGPSignature direct =
        signer.aboutKey(
            packets -> packets.setKeyExpirationTime(true, Duration.ofDays(20).toSeconds()));
    PGPPublicKey shorter =
        PGPPublicKey.addCertification(
            signer.certified(KeyFlags.SIGN_DATA, Duration.ofDays(30)), direct);
    assertTrue(
        refused(Signer.ring(shorter), signer.sign(DATA, Signer.START.plus(Duration.ofDays(25))))
            .contains("the key expired at 2025-01-21T00:00:00Z"));
    accepted(Signer.ring(shorter), signer.sign(DATA, SIGNED));
  }

  /** An owner makes a key endless by a newer statement about the user id, without an end. */
  @Test
  void aNewerStatementAboutAUserIdReplacesTheOlder() throws Exception {
    Signer signer = new Signer();
    PGPPublicKey endless =
        PGPPublicKey.addCertification(
            signer.certified(KeyFlags.SIGN_DATA, Duration.ofDays(30)),
            Signer.ID,
            certification(signer, Duration.ofDays(20), KeyFlags.SIGN_DATA));
    accepted(Signer.ring(endless), signer.sign(DATA, Signer.START.plus(Duration.ofDays(31))));
  }

  private static PGPSignature certification(Signer signer, Duration age, int flags)
      throws Exception {
    return signer
        .generator(
            PGPSignature.POSITIVE_CERTIFICATION,
            HashAlgorithmTags.SHA256,
            Signer.START.plus(age),
            packets -> packets.setKeyFlags(true, flags))
        .generateCertification(Signer.ID, signer.key());
  }

  private static PGPPublicKey withoutUserId(Signer signer, Signer by, PGPPublicKey key)
      throws Exception {
    return PGPPublicKey.addCertification(
        key,
        Signer.ID,
        by.generator(
                PGPSignature.CERTIFICATION_REVOCATION,
                HashAlgorithmTags.SHA256,
                Signer.START.plus(Duration.ofDays(5)),
                packets -> {})
            .generateCertification(Signer.ID, signer.key()));
  }

  /** Of both user ids, the revoked one alone allows to sign. */
  @Test
  void aRevokedUserIdStatesNothing() throws Exception {
    Signer signer = new Signer();
    PGPSignature made = signer.sign(DATA, SIGNED);
    String other = "Ward <ward@example.org>";
    PGPPublicKey both =
        PGPPublicKey.addCertification(
            signer.key(), other, signer.about(other, KeyFlags.CERTIFY_OTHER, Duration.ZERO));
    both =
        PGPPublicKey.addCertification(
            both, Signer.ID, certification(signer, Duration.ofDays(1), KeyFlags.SIGN_DATA));
    accepted(Signer.ring(both), made);
    PGPPublicKey revoked = withoutUserId(signer, signer, both);
    assertTrue(
        refused(Signer.ring(revoked), made).contains("the key is not meant for signing files"));
    accepted(Signer.ring(withoutUserId(signer, new Signer(), both)), made); // of somebody else
    PGPSignature again = certification(signer, Duration.ofDays(6), KeyFlags.SIGN_DATA);
    accepted(Signer.ring(PGPPublicKey.addCertification(revoked, Signer.ID, again)), made);
    PGPSignature sameTime = certification(signer, Duration.ofDays(5), KeyFlags.SIGN_DATA);
    refused(Signer.ring(PGPPublicKey.addCertification(revoked, Signer.ID, sameTime)), made);
  }

  @Test
  void aKeyWithoutAUserIdThatItsOwnerKeepsIsRefused() throws Exception {
    Signer signer = new Signer();
    PGPPublicKey revoked =
        withoutUserId(signer, signer, signer.certified(KeyFlags.SIGN_DATA, Duration.ZERO));
    assertTrue(
        refused(Signer.ring(revoked), signer.sign(DATA, SIGNED))
            .contains("the key has no valid signature of its owner about itself"));
  }

  @Test
  void aKeyMustBeMeantForSigning() throws Exception {
    Signer signer = new Signer();
    PGPSignature made = signer.sign(DATA, SIGNED);
    assertTrue(
        refused(Signer.ring(signer.certified(KeyFlags.CERTIFY_OTHER, Duration.ZERO)), made)
            .contains("the key is not meant for signing files"));
    assertTrue(
        refused(Signer.ring(signer.key()), made)
            .contains("the key has no valid signature of its owner about itself"));
    PGPSignature ofOther = signer.about("Somebody else", KeyFlags.SIGN_DATA, Duration.ZERO);
    refused(Signer.ring(PGPPublicKey.addCertification(signer.key(), Signer.ID, ofOther)), made);
  }

  /** An owner who binds the key of another one as a subkey does not become its owner. */
  @Test
  void aSubkeyMustAgreeToItsBinding() throws Exception {
    Signer thief = new Signer();
    Signer signer = new Signer();
    PGPPublicKey subkey = signer.pair.asSubkey(new BcKeyFingerprintCalculator()).getPublicKey();
    PGPSignature binding =
        thief
            .generator(
                PGPSignature.SUBKEY_BINDING,
                HashAlgorithmTags.SHA256,
                Signer.START,
                packets -> packets.setKeyFlags(true, KeyFlags.SIGN_DATA))
            .generateCertification(thief.key(), subkey);
    PGPPublicKeyRing claimed =
        Signer.ring(
            thief.certified(KeyFlags.CERTIFY_OTHER, Duration.ZERO),
            PGPPublicKey.addCertification(subkey, binding));
    assertTrue(
        refused(claimed, signer.sign(DATA, SIGNED))
            .contains("the key did not bind the subkey that made the signature"));
  }

  @Test
  void aSignatureIsOneOfAFileAndMayEnd() throws Exception {
    Signer signer = new Signer();
    PGPSignature ofText =
        signer.sign(
            DATA,
            PGPSignature.CANONICAL_TEXT_DOCUMENT,
            HashAlgorithmTags.SHA256,
            SIGNED,
            packets -> {});
    assertTrue(refused(signer.certificate(), ofText).contains("is none of a file"));
    PGPSignature ofADay =
        signer.sign(
            DATA,
            PGPSignature.BINARY_DOCUMENT,
            HashAlgorithmTags.SHA256,
            SIGNED,
            packets -> packets.setSignatureExpirationTime(true, 86400));
    assertTrue(refused(signer.certificate(), ofADay).contains("has expired."));
    PGPSignature demanding =
        signer.sign(
            DATA,
            PGPSignature.BINARY_DOCUMENT,
            HashAlgorithmTags.SHA256,
            SIGNED,
            packets -> packets.addNotationData(true, true, "only@example.org", "on Mondays"));
    assertTrue(refused(signer.certificate(), demanding).contains("parts that are not known"));
  }

  @Test
  void ofSeveralSignersOneMustBeTrusted() throws Exception {
    Signer other = new Signer();
    Signer signer = new Signer();
    accepted(signer.certificate(), other.sign(DATA, SIGNED), signer.sign(DATA, SIGNED));
    String message =
        refused(new Signer().certificate(), other.sign(DATA, SIGNED), signer.sign(DATA, SIGNED));
    assertTrue(
        message.contains(
            TrustedKey.hex(other.key().getFingerprint())
                + " and "
                + TrustedKey.hex(signer.key().getFingerprint())),
        message);
  }

  @Test
  void keysAreReadFromFilesOfSeveralAndFromFolders() throws Exception {
    Path both = folder.resolve("both.asc");
    Files.writeString(
        both,
        "Two hospitals\n"
            + Files.readString(gnupg("rsa.key.asc"))
            + "\n"
            + Files.readString(gnupg("hospital.key.asc")));
    check(both, gnupg("model.mskd"), gnupg("hospital.asc"));
    check(both, gnupg("model.mskd"), gnupg("rsa.asc"));
    Path keys = Files.createDirectory(folder.resolve("keys"));
    assertTrue(
        refused(keys, gnupg("model.mskd"), gnupg("rsa.asc")).contains("holds no file of keys"));
    Files.writeString(keys.resolve("README"), "not a key");
    Signer signer = new Signer();
    Files.write(keys.resolve("binary.gpg"), signer.certificate().getEncoded());
    Files.copy(gnupg("rsa.key.asc"), keys.resolve("rsa.asc"));
    check(keys, gnupg("model.mskd"), gnupg("rsa.asc"));
    Files.write(folder.resolve("data"), DATA);
    assertEquals(
        TrustedKey.hex(signer.key().getFingerprint()) + " (" + Signer.ID + ")",
        check(
            keys,
            folder.resolve("data"),
            Signer.write(folder.resolve("data.asc"), signer.sign(DATA, SIGNED))));
  }

  @Test
  void aRevocationInOneOfTwoCopiesCounts() throws Exception {
    Signer signer = new Signer();
    Path keys = Files.createDirectory(folder.resolve("keys"));
    Signer.write(keys.resolve("a.asc"), signer.certificate());
    PGPPublicKey revoked =
        PGPPublicKey.addCertification(signer.certificate().getPublicKey(), signer.revocation());
    Signer.write(keys.resolve("b.asc"), Signer.ring(revoked));
    String message =
        refused(
            keys,
            Files.write(folder.resolve("data"), DATA),
            Signer.write(folder.resolve("data.asc"), signer.sign(DATA, SIGNED)));
    assertTrue(message.contains("is revoked"), message);
  }

  @Test
  void whatIsNoSignatureIsRefused() throws Exception {
    Path signature = folder.resolve("x.asc");
    for (byte[] content :
        new byte[][] {
          {},
          "<html>404</html>".getBytes(StandardCharsets.UTF_8),
          Files.readAllBytes(gnupg("hospital.key.asc")),
          new byte[(1 << 20) + 1]
        }) {
      Files.write(signature, content);
      String message = refused(gnupg("hospital.key.asc"), gnupg("model.mskd"), signature);
      assertTrue(
          message.startsWith("The signature of " + NAMED + ", " + signature + ", is no detached"),
          message);
    }
  }

  @Test
  void whatHoldsNoPublicKeyIsRefused() throws IOException {
    Path keys = folder.resolve("keys.asc");
    assertTrue(
        assertThrows(BadInputException.class, () -> TrustedKeys.read(keys))
            .getMessage()
            .startsWith("<trustedKeys> " + keys + " is missing."));
    for (String content :
        new String[] {
          "",
          "nothing",
          Files.readString(gnupg("hospital.asc")),
          "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nx\n-----END PGP PRIVATE KEY BLOCK-----\n"
        }) {
      Files.writeString(keys, content);
      String message =
          assertThrows(BadInputException.class, () -> TrustedKeys.read(keys), content).getMessage();
      assertTrue(message.startsWith(keys + " of <trustedKeys> "), message);
    }
  }
}
