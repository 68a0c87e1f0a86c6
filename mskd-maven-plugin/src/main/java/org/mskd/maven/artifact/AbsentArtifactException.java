package org.mskd.maven.artifact;

import org.mskd.problem.BadInputException;

/** An artifact is neither in the local repository nor in any other: all of them could be asked. */
final class AbsentArtifactException extends BadInputException {
  private static final long serialVersionUID = 1L;

  AbsentArtifactException(String problem, String remedy) {
    super(problem, remedy);
  }
}
