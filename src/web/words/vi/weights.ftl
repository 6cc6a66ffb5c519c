analyse-weights = Trọng số
weights-lead = Nếu trường này gửi nhiều phiếu, trường kia gửi ít, số đếm nghiêng về nơi gửi nhiều. Ở đây mỗi phiếu được tính thay cho số học sinh mà nó đại diện trong trường và cấp học của mình; hai cách tính đặt cạnh nhau.
weights-n = phiếu có trọng số
weights-effect = hệ số thiết kế (Kish); nghĩa là vì nơi gửi nhiều, nơi gửi ít nên cần số phiếu gấp chừng ấy lần mới chắc như khi gửi đều; 1 là đều
weights-effective = cỡ mẫu hiệu quả; nghĩa là số liệu có trọng số chắc như từ chừng ấy phiếu gửi đều giữa các trường
weights-none-title = Không có gì để đặt cạnh nhau
weights-none = Cần có phiếu và số học sinh của ít nhất một trường, một cấp học.
weights-no-pupils = Chưa biết số học sinh nên không tính vào số có trọng số: { $cells }.
weights-aside = Hai cách tính ở trang này đều chỉ gồm { $n } phiếu của những nơi đã biết số học sinh, nên số đếm có thể khác các trang khác. Còn { $aside } phiếu ở nơi chưa biết số học sinh không tính vào.
weights-no-forms = Chưa có phiếu nào nên không ai nói thay được: { $cells }.
weights-more = Nhiều phiếu hơn học sinh (có thể cả cha và mẹ cùng trả lời cho một con): { $cells }.
weights-single = Chỉ có một phiếu nên được so với cả đợt khi tính khoảng tin cậy (khoảng chỉ rộng ra, không hẹp lại): { $cells }.
weights-question = Câu hỏi
weights-domain = Lĩnh vực
weights-all-domains = Chỉ số chung của các lĩnh vực
weights-share = Hài lòng, số đếm
weights-base = Hài lòng / trả lời
weights-mean = Điểm, số đếm
weights-share-weighted = Hài lòng, có trọng số
weights-mean-weighted = Điểm, có trọng số
weights-difference = Chênh lệch (điểm %)
weights-how = Trọng số của mỗi phiếu ở trường và cấp học h là N / n: số học sinh chia cho số phiếu. Tỷ lệ có trọng số = Σ trọng số của người hài lòng / Σ trọng số của người trả lời. Lĩnh vực gộp các câu, rồi gộp các cấp học theo quy tắc của đợt (cấp học tính theo số phiếu thì ở cột có trọng số tính theo số học sinh), và không có khoảng tin cậy: một người trả lời nhiều câu của lĩnh vực, số đếm không cho biết câu nào là của ai. Trường, cấp học không có phiếu hoặc chưa biết số học sinh được nêu tên và không tính vào; chương trình không tự đoán. Chênh lệch tính trên số chưa làm tròn, nên có thể lệch 1 ở chữ số cuối so với hai tỷ lệ in bên cạnh.
weights-how-cost = Hệ số thiết kế = n·Σw² / (Σw)²; cỡ mẫu hiệu quả = n / hệ số thiết kế. Trọng số sửa được chỗ nơi gửi nhiều, nơi gửi ít, nhưng không làm cho đường dẫn mở thành mẫu đại diện.
weights-none-audience = Nhóm trả lời này ({ $audience }) không tính theo học sinh, nên không có số người để lập trọng số. Xem số đếm ở trang Từng câu hỏi.
weights-none-rated = Chưa có câu nào chấm theo thang mức độ được trả lời. Trang này chỉ so tỷ lệ hài lòng và điểm trung bình; trưng cầu và góp ý xem ở trang Từng câu hỏi.
