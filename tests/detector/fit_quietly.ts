// Fits and says nothing: run by tensorflow_test.ts with no more permissions than fitting needs.
import { autoencoder } from "../../lib/detector/autoencoder.ts";
import { matrixOf, sessions } from "./matrices.ts";

const detector = await autoencoder.fit(matrixOf(sessions(20, 1)));
detector.score(matrixOf(sessions(20, 2)));
