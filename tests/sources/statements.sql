-- the board
INSERT INTO jobs (title, description) VALUES ('Product Manager', 'Own the gauge');
