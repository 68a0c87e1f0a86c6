package org.mskd.maven.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mskd.maven.artifact.Repositories.CENTRAL;
import static org.mskd.maven.artifact.Repositories.CORP;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.aether.repository.ArtifactRepository;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.WorkspaceRepository;
import org.eclipse.aether.transfer.ArtifactNotFoundException;
import org.eclipse.aether.transfer.ArtifactTransferException;
import org.eclipse.aether.transfer.ChecksumFailureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.problem.BadInputException;

/** With a model and signatures of GnuPG, see make.sh beside them. */
class TrustedModelsTest {
  private static final Path FIXTURES = Path.of("src/test/resources/signatures");
  private static final Path MODEL = FIXTURES.resolve("model.mskd");
  private static final Path SIGNATURE = FIXTURES.resolve("rsa.asc");
  private static final Path OF_ANOTHER_BUILD = FIXTURES.resolve("hospital.asc");
  private static final Optional<Path> KEYS = Optional.of(FIXTURES.resolve("rsa.key.asc"));

  private static final String RELEASE = "org.h:liver:mskd:1.2";
  private static final String SNAPSHOT = "org.h:liver:mskd:1-SNAPSHOT";
  private static final String BUILD = "1-20261130.101010-3";

  private final Repositories repositories = new Repositories();
  private final List<String> messages = new ArrayList<>();
  @TempDir private Path folder;

  private ResolvedModel resolve(String coordinates, Optional<Path> keys) throws Exception {
    return new TrustedModels(repositories.models(), keys, messages::add)
        .resolve(ModelCoordinates.parse(coordinates));
  }

  private String refused(String coordinates) {
    String message =
        assertThrows(BadInputException.class, () -> resolve(coordinates, KEYS)).getMessage();
    assertFalse(message.contains("pa@ss") || message.contains("me:"), message);
    return message;
  }

  /** The digest by {@code sha256sum model.mskd}. */
  @Test
  void aSignedModelComesWithTheDigestOfItsBytes() throws Exception {
    repositories.with(RELEASE, MODEL, CORP).with("org.h:liver:mskd.asc:1.2", SIGNATURE, CORP);
    assertEquals(
        new ResolvedModel(
            MODEL, Optional.of("7ea39a2d7a5fea2b4e207c716e588a55a7bcee6f4c216743d4fbfcf9c71dc7dd")),
        resolve(RELEASE, KEYS));
    assertEquals(1, messages.size());
    assertTrue(
        messages
            .get(0)
            .matches(
                "org\\.h:liver:1\\.2 is signed by [0-9A-F]{40} \\(rsa <rsa@example\\.org>\\)\\."),
        messages.get(0));
  }

  @Test
  void aModelWithAClassifierHasASignatureWithIt() throws Exception {
    String coordinates = "org.h:all:mskd:liver:1.2";
    repositories
        .with(coordinates, MODEL, CORP)
        .with("org.h:all:mskd.asc:liver:1.2", SIGNATURE, CORP);
    resolve(coordinates, KEYS);
  }

  @Test
  void aSignatureNeedsNoChecksum() throws Exception {
    repositories
        .strict()
        .with(RELEASE, MODEL, CORP)
        .with("org.h:liver:mskd.asc:1.2", SIGNATURE, CORP);
    assertEquals(MODEL, resolve(RELEASE, KEYS).file());
  }

  @Test
  void withoutKeysNoSignatureIsAskedFor() throws Exception {
    repositories.with(RELEASE, MODEL, CORP);
    assertEquals(new ResolvedModel(MODEL, Optional.empty()), resolve(RELEASE, Optional.empty()));
    assertEquals(List.of(RELEASE + " of [central, corp]"), repositories.requests);
  }

  @Test
  void aModelThatNoRepositoryHasIsNamedWithThem() {
    assertEquals(
        "The model org.h:liver:1.2 was not found in the local repository, central"
            + " (https://repo.example.org), corp (https://repo.corp/maven). Check the coordinates,"
            + " or add the <repository> that has it to the POM or to a profile of settings.xml.",
        refused(RELEASE));
  }

  @Test
  void anAnswerThatMavenKeptIsAskedForAgainWithAnOption() {
    repositories.failing(CORP, (a, r) -> new ArtifactNotFoundException(a, r, "kept", true));
    assertTrue(refused(RELEASE).endsWith(" mvn -U tries again at once."));
  }

  @Test
  void aSignatureThatNoRepositoryHasIsNone() {
    repositories.with(RELEASE, MODEL, CORP);
    String message = refused(RELEASE);
    assertTrue(
        message.startsWith(
            "org.h:liver:1.2 has no signature, which <trustedKeys> require. The signature"
                + " org.h:liver:mskd.asc:1.2 was not found in the local repository, central ("),
        message);
    assertTrue(message.contains("Ask whoever deployed it to sign it"), message);
    assertTrue(message.contains("mvn -U asks the repositories again"), message);
  }

  private static Stream<Exception> causes() {
    return Stream.of(
        new ConnectException("Connection refused"),
        new IOException("status code: 503, reason phrase: Service Unavailable"),
        new ChecksumFailureException("abc", "abd"));
  }

  /** Only one of the repositories failed: it may be the one that has the artifact. */
  @ParameterizedTest
  @MethodSource("causes")
  void aRepositoryThatFailedIsNamedWithTheReason(Exception cause) {
    repositories.failing(CORP, (a, r) -> new ArtifactTransferException(a, r, cause));
    String failed =
        " could not be fetched from corp (https://repo.corp/maven): "
            + cause.getMessage()
            + ". Check the network and the repository, and <proxies>, <mirrors> and <servers> in"
            + " settings.xml.";
    assertEquals("The model org.h:liver:1.2" + failed, refused(RELEASE));
    repositories.with(RELEASE, MODEL, CENTRAL);
    assertEquals("The signature org.h:liver:mskd.asc:1.2" + failed, refused(RELEASE));
  }

  @Test
  void allRepositoriesThatFailedAreNamed() {
    repositories
        .failing(CENTRAL, (a, r) -> new ArtifactTransferException(a, r, new Exception("gone")))
        .failing(CORP, (a, r) -> new ArtifactTransferException(a, r, new Exception("away")));
    assertTrue(
        refused(RELEASE)
            .contains(
                " fetched from central (https://repo.example.org): gone; from corp"
                    + " (https://repo.corp/maven): away. Check"));
  }

  /** As Maven 3.8 and 3.9 keep it, if the settings ask for that. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Failure to transfer org.h:liver:mskd:1.2 from https://me:pa@ss@repo.corp/maven was cached"
            + " in the local repository, resolution will not be reattempted until the update"
            + " interval of corp has elapsed or updates are forced. Original error: ",
        "org.h:liver:mskd:1.2 failed to transfer from https://me:pa@ss@repo.corp/maven during a"
            + " previous attempt. This failure was cached in the local repository and resolution is"
            + " not reattempted until the update interval of corp has elapsed or updates are"
            + " forced. Original error: "
      })
  void aFailureThatMavenKeptIsTriedAgainWithAnOption(String kept) {
    String original =
        "Could not transfer artifact org.h:liver:mskd:1.2 from/to corp"
            + " (https://me:pa@ss@repo.corp/maven): timed out";
    repositories.failing(
        CORP, (a, r) -> new ArtifactTransferException(a, r, kept + original, true));
    String message = refused(RELEASE);
    assertTrue(message.contains(" corp (https://repo.corp/maven): timed out. Check"), message);
    assertTrue(message.endsWith(" mvn -U tries again at once."), message);
    repositories.failing(CORP, (a, r) -> new ArtifactTransferException(a, r, kept + "gone", true));
    assertTrue(refused(RELEASE).contains(" from https://repo.corp/maven "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "authentication failed for https://me:pa@ss@repo.corp/maven/x, status: 401 Unauthorized",
        "status code: 403, reason phrase: Forbidden (403)"
      })
  void aRepositoryThatRefusesAccessNeedsAServer(String reason) {
    repositories.failing(
        CORP, (a, r) -> new ArtifactTransferException(a, r, new Exception(reason)));
    String remedy =
        "Add a <server> with <id>corp</id>, <username> and <password> to settings.xml, or correct"
            + " it. The id of a <mirror> is its own.";
    String message = refused(RELEASE);
    assertTrue(message.startsWith("The model org.h:liver:1.2 could not be fetched from corp ("));
    assertTrue(message.endsWith(remedy), message);
    repositories.with(RELEASE, MODEL, CENTRAL);
    message = refused(RELEASE);
    assertTrue(message.startsWith("The signature org.h:liver:mskd.asc:1.2 could not be fetched"));
    assertTrue(message.endsWith(remedy), message);
  }

  /** A version is no status. */
  @Test
  void aNumberInTheCoordinatesRefusesNothing() {
    repositories.failing(
        CORP, (a, r) -> new ArtifactTransferException(a, r, new Exception("timed out")));
    assertTrue(refused("org.h:liver:403").contains("Check the network"));
  }

  @Test
  void anExceptionOfAnotherKindDoesNotMeanThatThereIsNone() {
    repositories
        .with(RELEASE, MODEL, CENTRAL)
        .failing(CORP, (a, r) -> new ChecksumFailureException("untrusted"));
    assertTrue(
        refused(RELEASE)
            .startsWith(
                "The signature org.h:liver:mskd.asc:1.2 could not be fetched from its repository:"
                    + " untrusted."));
  }

  @Test
  void offlineItIsNotKnownWhetherThereIsASignature() {
    repositories.offline().with(RELEASE, MODEL, CORP);
    assertEquals(
        "Maven is offline, and the local repository lacks the signature org.h:liver:mskd.asc:1.2,"
            + " or has it from another repository than central (https://repo.example.org), corp"
            + " (https://repo.corp/maven). Run the same command once without -o.",
        refused(RELEASE));
  }

  /** The newest signature is of an older build, whose model was replaced. */
  @Test
  void theSignatureOfASnapshotIsThatOfTheSameBuild() throws Exception {
    repositories
        .with(SNAPSHOT, BUILD, MODEL, CORP)
        .with("org.h:liver:mskd.asc:1-SNAPSHOT", "1-20261129.1-2", OF_ANOTHER_BUILD, CORP);
    String message = refused(SNAPSHOT);
    assertTrue(message.startsWith("org.h:liver:1-SNAPSHOT has no signature, "), message);
    assertTrue(message.contains(" org.h:liver:mskd.asc:" + BUILD + " was not found"), message);
    repositories.with("org.h:liver:mskd.asc:" + BUILD, SIGNATURE, CORP);
    assertEquals(MODEL, resolve(SNAPSHOT, KEYS).file());
  }

  private static Stream<ArtifactRepository> here() {
    return Stream.of(new LocalRepository("repository"), new WorkspaceRepository("reactor"));
  }

  /** What a repository has is of another build. */
  @ParameterizedTest
  @MethodSource("here")
  void aSnapshotThatWasBuiltHereHasItsSignatureHere(ArtifactRepository origin) throws Exception {
    String signature = "org.h:liver:mskd.asc:1-SNAPSHOT";
    repositories.with(SNAPSHOT, MODEL, origin).with(signature, BUILD, OF_ANOTHER_BUILD, CORP);
    String message = refused(SNAPSHOT);
    assertTrue(
        message.startsWith(
            "org.h:liver:1-SNAPSHOT has no signature, which <trustedKeys> require. The signature "
                + signature
                + " was not found in the local repository. "),
        message);
    repositories.offline();
    assertTrue(refused(SNAPSHOT).startsWith("org.h:liver:1-SNAPSHOT has no signature, "));
    repositories.with(signature, SIGNATURE, origin);
    assertEquals(MODEL, resolve(SNAPSHOT, KEYS).file());
  }

  @Test
  void theSignatureOfAFetchedBuildIsNotThatOfOneInstalledLater() throws Exception {
    repositories
        .with(SNAPSHOT, BUILD, MODEL, CORP)
        .with("org.h:liver:mskd.asc:" + BUILD, SIGNATURE, CORP);
    resolve(SNAPSHOT, KEYS);
    repositories.with(SNAPSHOT, MODEL, new LocalRepository("repository"));
    assertTrue(refused(SNAPSHOT).startsWith("org.h:liver:1-SNAPSHOT has no signature, "));
  }

  /** A repository that keeps one build alone does not number it. */
  @Test
  void aSnapshotWithoutANumberMayComeFromARepository() throws Exception {
    repositories
        .with(SNAPSHOT, MODEL, CORP)
        .with("org.h:liver:mskd.asc:1-SNAPSHOT", SIGNATURE, CORP);
    assertEquals(MODEL, resolve(SNAPSHOT, KEYS).file());
  }

  @Test
  void aReleaseThatWasInstalledMayHaveItsSignatureInARepository() throws Exception {
    repositories
        .with(RELEASE, MODEL, new LocalRepository("repository"))
        .with("org.h:liver:mskd.asc:1.2", SIGNATURE, CORP);
    assertEquals(MODEL, resolve(RELEASE, KEYS).file());
  }

  @Test
  void aModuleThatIsNotPackagedYetHasNoModel() throws Exception {
    Path classes = Files.createDirectory(folder.resolve("classes"));
    repositories.with(RELEASE, classes, new WorkspaceRepository("reactor"));
    assertTrue(
        refused(RELEASE)
            .startsWith("org.h:liver:1.2 is a module of this build that has no model yet."));
  }
}
