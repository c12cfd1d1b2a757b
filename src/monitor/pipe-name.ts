/** A port name, split where the name of a pipe begins. */
export interface PipeName {
  /** The port that the pipe hangs on; if it is not a pipe, the port itself. */
  readonly parent: string;
  /** The name of the pipe's other end; undefined if it is not a pipe. */
  readonly otherEnd: string | undefined;
}

/** As netmap_get_pipe_na does: at the last opening bracket, or else at the last closing one. */
export function splitPipe(kernelName: string): PipeName {
  const opening = kernelName.lastIndexOf('{');
  const at = opening >= 0 ? opening : kernelName.lastIndexOf('}');
  if (at < 0) return { parent: kernelName, otherEnd: undefined };
  const parent = kernelName.slice(0, at);
  const otherEnd = `${parent}${opening >= 0 ? '}' : '{'}${kernelName.slice(at + 1)}`;
  return { parent, otherEnd };
}
