"""Turns phrases into vectors: the port, the ONNX model behind it, and the lexical substitute."""
