package org.mskd.maven.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.List;
import java.util.Optional;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.collection.CollectResult;
import org.eclipse.aether.collection.DependencyCollectionException;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactDescriptorException;
import org.eclipse.aether.resolution.ArtifactDescriptorRequest;
import org.eclipse.aether.resolution.ArtifactDescriptorResult;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.transfer.ArtifactNotFoundException;
import org.eclipse.aether.transfer.ArtifactTransferException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exceptions as Maven's resolver nests them. */
class ResolutionFailureTest {
  private static final Artifact NATIVES =
      new DefaultArtifact("org.nd4j:nd4j-native:jar:linux-x86_64-onednn-avx2:1.0.0-M2.1");
  private static final Artifact POM = new DefaultArtifact("org.bytedeco:dnnl:pom:3.11");
  private static final RemoteRepository MIRROR =
      new RemoteRepository.Builder("corp", "default", "https://repo.corp/maven").build();
  private static final String COMMAND = "mvn mskd:resolve";

  private static ArtifactResult missing(Artifact artifact, Exception... causes) {
    ArtifactResult result =
        new ArtifactResult(new ArtifactRequest(artifact, List.of(MIRROR), "mskd-worker"));
    List.of(causes).forEach(result::addException);
    return result;
  }

  /** A POM that cannot be fetched while dependencies are collected. */
  private static RepositoryException ofPom(ArtifactTransferException cause) {
    ArtifactDescriptorResult descriptor =
        new ArtifactDescriptorResult(
            new ArtifactDescriptorRequest(POM, List.of(MIRROR), "mskd-worker"));
    ArtifactResolutionException resolution =
        new ArtifactResolutionException(List.of(missing(POM, cause)), cause.getMessage(), cause);
    return new DependencyCollectionException(
        new CollectResult(new CollectRequest())
            .addException(new ArtifactDescriptorException(descriptor, "no descriptor", resolution)),
        "Failed to collect dependencies");
  }

  private static String text(RepositoryException e, boolean offline) {
    return new ResolutionFailure(e).text(offline, Optional.of("g:backend:1"), COMMAND);
  }

  @Test
  void offlineWhatIsMissingIsNamedWithTheGoalThatFetchesIt() {
    Artifact runtime = new DefaultArtifact("com.microsoft.onnxruntime:onnxruntime:1.20.0");
    ArtifactResult found =
        missing(runtime).setArtifact(runtime.setFile(new File("/repo/onnx.jar")));
    assertEquals(
        "Maven is offline, and the local repository lacks"
            + " org.nd4j:nd4j-native:1.0.0-M2.1:linux-x86_64-onednn-avx2, org.bytedeco:dnnl:3.11"
            + " (POM). Run mvn mskd:resolve once without -o, with the same options and"
            + " settings.xml: it fetches all that goals of mskd need.",
        text(
            new ArtifactResolutionException(List.of(missing(NATIVES), found, missing(POM))), true));
  }

  @Test
  void offlineAMissingPomIsNamedToo() {
    String message = text(ofPom(new ArtifactNotFoundException(POM, MIRROR)), true);
    assertTrue(message.contains("lacks org.bytedeco:dnnl:3.11 (POM). Run mvn"), message);
  }

  /** By the transports of Maven 3.8, 3.9 and 4. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "authentication failed for https://repo.corp/maven/x, status: 401 Unauthorized",
        "status code: 401, reason phrase: Unauthorized (401)",
        "HTTP Status: 403",
        "Access denied to https://repo.corp/maven/x",
        "Not authorized"
      })
  void aRepositoryThatRefusesAccessIsNamedWithTheRemedy(String reason) {
    String message = text(ofPom(new ArtifactTransferException(POM, MIRROR, reason)), false);
    assertTrue(
        message.startsWith(
            "The repository corp (https://repo.corp/maven) refused access to org.bytedeco:dnnl:3.11"
                + " (POM): "),
        message);
    assertTrue(message.contains("Add a <server> with <id>corp</id>"), message);
    assertTrue(message.contains("settings.xml"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Connection refused", "status code: 500", "peer at port 14010 is gone"})
  void otherFailuresAreThoseOfTheNetwork(String reason) {
    String message = text(ofPom(new ArtifactTransferException(POM, MIRROR, reason)), false);
    assertTrue(message.contains("Check the network and the repositories"), message);
    assertTrue(message.contains("and <backend>: g:backend:1."), message);
    assertFalse(message.contains("<server>"), message);
  }

  @Test
  void noMessageHasAPassword() {
    RemoteRepository corp =
        new RemoteRepository.Builder("corp", "default", "https://me:secret@repo.corp/maven")
            .build();
    for (String reason : new String[] {"Connection refused", "status: 401 Unauthorized"}) {
      Exception cause = new ArtifactTransferException(POM, corp, new Exception(reason));
      String message = text(new ArtifactResolutionException(List.of(missing(POM, cause))), false);
      assertTrue(message.contains(reason), message);
      assertFalse(message.contains("secret"), message);
    }
  }

  @Test
  void aFailureThatMavenKeepsIsRetriedWithAnOption() {
    String message =
        text(
            new RepositoryException(
                "g:a:1 was not found in https://x during a previous attempt. This failure was"
                    + " cached in the local repository."),
            false);
    assertTrue(message.endsWith("; mvn -U tries again at once."), message);
  }
}
